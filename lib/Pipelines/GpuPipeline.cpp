//===- GpuPipeline.cpp - kernels for NVIDIA GPUs --------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/GPU/Translate.h"
#include "lib/Codegen/Math/Passes.h"
#include "lib/Pipelines/Lowering.h"
#include "lib/Reference/Passes.h"
#include "theria/Pipelines.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/GPU/Transforms/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace theria {

/// From tiles and whole arrays to kernels of threads.
static void formKernels(OpPassManager &manager, const GpuOptions &options) {
  OpPassManager &function = manager.nest<func::FuncOp>();
  function.addPass(gpu::createFormKernels());
  function.addPass(gpu::createReportChecks());
  gpu::DistributeTilesOptions tiles;
  tiles.sharedBytes = gpu::sharedBytesOf(options.chip);
  tiles.splitTf32 = options.splitTf32;
  tiles.wgmma = gpu::hasWgmma(options.chip);
  function.addPass(gpu::createDistributeTiles(tiles));
  function.addPass(reference::createLegaliseFloats());
  function.addPass(createCanonicalizerPass());
  function.addPass(createCSEPass());
  function.addPass(gpu::createFlattenArguments());
  manager.addPass(gpu::createLowerHostAccesses());
  // A constant that a launch takes from outside would be an argument of its kernel.
  manager.addPass(createGpuLaunchSinkIndexComputationsPass());
  manager.addPass(createGpuKernelOutliningPass());
  GpuNVVMAttachTargetOptions target;
  target.chip = options.chip;
  manager.addPass(createGpuNVVMAttachTarget(target));
}

/// From kernels of threads to the NVVM dialect.
static void lowerKernels(OpPassManager &manager) {
  OpPassManager &kernels = manager.nest<mlir::gpu::GPUModuleOp>();
  kernels.addPass(gpu::createUnrollElementwise());
  kernels.addPass(gpu::createExpandExp());
  codegen::ExpandMathOptions math;
  math.complete = true;
  kernels.addPass(codegen::createExpandMath(math));
  kernels.addPass(createCanonicalizerPass());
  kernels.addPass(createCSEPass());
  kernels.addPass(createSCFToControlFlowPass());
  kernels.addPass(memref::createExpandStridedMetadataPass());
  kernels.addPass(createLowerAffinePass());
  kernels.addPass(gpu::createLowerKernels());
  kernels.addPass(createCanonicalizerPass());
  kernels.addPass(createCSEPass());
  kernels.addPass(createReconcileUnrealizedCastsPass());
}

StreamingOptions GpuOptions::streaming(std::string function) const {
  StreamingOptions options;
  options.function = std::move(function);
  options.rowTile = rowTile;
  options.columnTile = columnTile;
  options.schedule = "one-sided";
  options.featureTile = 128;
  // Of the 128 KiB of registers of a block of threads, which hold operands and addresses too: by what ptxas says of
  // many kernels, which spills sooner for Blackwell.
  options.heldBytes = (gpu::isBlackwell(chip) ? 80 : 96) << 10;
  options.heldBytesOfFewRows = 76 << 10;
  options.heldBytesOfWideOwners = gpu::hasWgmma(chip) ? 192 << 10 : 0;
  options.sharedBytes = gpu::sharedBytesOf(chip);
  return options;
}

void buildKernelPipeline(OpPassManager &manager, const GpuOptions &options) {
  OpPassManager &function = manager.nest<func::FuncOp>();
  if (options.narrowProducts)
    function.addPass(gpu::createNarrowProducts());
  function.addPass(gpu::createSplitLoops());
  function.addPass(gpu::createVectoriseTiles());
  function.addPass(gpu::createAccumulateProducts());
  function.addPass(gpu::createRelateCoordinates());
  function.addPass(gpu::createRelaxArithmetic());
  lowerToLinalg(manager, Streams::Kernels);
  bufferize(manager, Streams::Kernels);
  formKernels(manager, options);
  lowerKernels(manager);
}

} // namespace theria
