//===- CalculusPipeline.cpp - derivatives, still in the language -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Calculus/Passes.h"
#include "lib/Simplify/Simplify.h"
#include "theria/Pipelines.h"

#include "mlir/Pass/PassManager.h"

using namespace mlir;

namespace theria {

void buildCalculusPipeline(OpPassManager &manager, bool symmetrise) {
  if (symmetrise)
    manager.addPass(createSymmetrise());
  manager.addPass(calculus::createExpandCalculus());
  manager.addPass(calculus::createDropRules());
  manager.addPass(createSimplify());
}

void buildStagePipeline(OpPassManager &manager, ProgramStage stage, const StreamingOptions &options) {
  if (stage == ProgramStage::Calculus) {
    manager.addPass(calculus::createExpandCalculus());
    manager.addPass(calculus::createDropRules());
  } else {
    buildCalculusPipeline(manager);
  }
  manager.addPass(calculus::createDecompose());
  if (stage == ProgramStage::Tiles)
    buildSweepsPipeline(manager, options);
}

} // namespace theria
