//===- StreamingPipeline.cpp - the tile program ---------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Simplify/Simplify.h"
#include "lib/Streaming/Passes.h"
#include "theria/Pipelines.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace theria {

/// Upstream's canonicalizer without a pattern that takes a loop's tensor to keep the size it starts with.
static void canonicalise(OpPassManager &manager) {
  manager.addPass(createCanonicalizerPass({}, {"(anonymous namespace)::ForOpTensorCastFolder"}));
}

void buildSweepsPipeline(OpPassManager &manager, const StreamingOptions &options) {
  // A pair tensor that a function takes or returns would be in memory.
  manager.addPass(createInlinerPass({}, canonicalise));
  manager.addPass(createSymbolDCEPass());
  manager.addPass(createSimplify());
  OpPassManager &function = manager.nest<func::FuncOp>();
  function.addPass(streaming::createWidenFloats());
  function.addPass(streaming::createSplitNormalisers());
  function.addPass(streaming::createSplitBroadcasts());
  function.addPass(createResolveSizes());
  function.addPass(createCSEPass());
  streaming::FormSweepsOptions sweeps;
  sweeps.rowTile = options.rowTile;
  sweeps.columnTile = options.columnTile;
  sweeps.schedule = options.schedule;
  sweeps.featureTile = options.featureTile;
  sweeps.heldBytes = options.heldBytes;
  sweeps.heldBytesOfFewRows = options.heldBytesOfFewRows;
  sweeps.heldBytesOfWideOwners = options.heldBytesOfWideOwners;
  sweeps.sharedBytes = options.sharedBytes;
  sweeps.vectorBytes = options.target.vectorBytes;
  sweeps.secondLevel = options.target.secondLevelCache;
  sweeps.lastLevel = options.target.lastLevelCache;
  function.addPass(streaming::createFormSweeps(sweeps));
  function.addPass(streaming::createVerifyStreamed());
  canonicalise(function);
  function.addPass(createCSEPass());
  // What leaves a sweep would be memory, which the owner of a block has none of.
  if (options.schedule != "one-sided")
    function.addPass(createLoopInvariantCodeMotionPass());
}

} // namespace theria
