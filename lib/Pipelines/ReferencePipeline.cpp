//===- ReferencePipeline.cpp - all the way to the LLVM dialect ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Calculus/Passes.h"
#include "lib/Codegen/CPU/Passes.h"
#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/Math/Passes.h"
#include "lib/Pipelines/Lowering.h"
#include "lib/Reference/Passes.h"
#include "lib/Streaming/Passes.h"
#include "theria/Pipelines.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/SCF/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace theria {

static Streams streamsOf(const CpuTarget &target) { return target.vectorBytes ? Streams::Threads : Streams::Scalars; }

void lowerToLinalg(OpPassManager &manager, Streams streams) {
  // exp(s − logsumexp(s)), computed as it is written, has no digits where s is large.
  manager.addNestedPass<func::FuncOp>(streaming::createSplitNormalisers());
  manager.addPass(reference::createMangleNames());
  manager.addPass(reference::createStripPairs());
  OpPassManager &function = manager.nest<func::FuncOp>();
  function.addPass(reference::createLowerEinsum());
  function.addPass(reference::createLowerReductions());
  function.addPass(reference::createLowerIndexing());
  if (streams == Streams::Threads)
    function.addPass(reference::createAccumulateInPlace());
  function.addPass(reference::createDecomposeTensors());
  function.addPass(createConvertElementwiseToLinalgPass());
  function.addPass(reference::createFuseElementwise());
  function.addPass(reference::createCheckIntegers());
  function.addPass(createCSEPass());
  if (streams == Streams::Threads)
    function.addPass(cpu::createDistribute());
  function.addPass(reference::createFillConstants());
}

/// Loops over scalars or, where asked, vectors.
static void lowerToLoops(OpPassManager &manager, const CpuTarget &target) {
  manager.nest<func::FuncOp>().addPass(reference::createExpandCopies());
  if (!target.vectorBytes)
    return manager.addPass(createConvertLinalgToLoopsPass());
  manager.addPass(cpu::createOutlineLoops());
  cpu::VectoriseOptions options;
  options.vectorBytes = target.vectorBytes;
  options.vectorRegisters = target.vectorRegisters;
  options.fma = target.fma;
  manager.addPass(cpu::createVectorise(options));
}

void bufferize(OpPassManager &manager, Streams streams) {
  bufferization::OneShotBufferizePassOptions options;
  options.allowReturnAllocsFromLoops = true;
  options.bufferizeFunctionBoundaries = true;
  options.functionBoundaryTypeConversion = bufferization::LayoutMapOption::IdentityLayoutMap;
  // What is computed to be put somewhere is computed there.
  manager.addPass(bufferization::createEmptyTensorEliminationPass());
  manager.nest<func::FuncOp>().addPass(reference::createShareSlices());
  manager.addPass(bufferization::createOneShotBufferizePass(options));
  if (streams == Streams::Scalars)
    manager.addPass(createConvertLinalgToLoopsPass());
  // One place has one name then, and what was written in place is not copied there.
  manager.addPass(createCSEPass());
  manager.addPass(createCanonicalizerPass());
  // What a failed check leaves behind, the arena frees.
  manager.addPass(bufferization::createOwnershipBasedBufferDeallocationPass());
  manager.addPass(createCanonicalizerPass());
  manager.addPass(bufferization::createBufferDeallocationSimplificationPass());
  manager.addPass(bufferization::createLowerDeallocationsPass());
  manager.addPass(createConvertBufferizationToMemRefPass());
}

/// Arithmetic that LLVM's code generator, libm and libgcc know.
static void lowerArithmetic(OpPassManager &manager, const CpuTarget &target) {
  if (target.vectorBytes) {
    codegen::ExpandMathOptions math;
    math.fma = target.fma;
    manager.addPass(codegen::createExpandMath(math));
    manager.addPass(createCanonicalizerPass());
    manager.addPass(createCSEPass());
  }
  manager.nest<func::FuncOp>().addPass(reference::createLegaliseFloats());
  ConvertMathToFuncsOptions powers;
  powers.minWidthOfFPowIExponent = 1;
  manager.addPass(createConvertMathToFuncs(powers));
  math::MathExpandOpsPassOptions expanded;
  expanded.opMnemonics = {"rsqrt", "sincos"};
  manager.addPass(math::createMathExpandOpsPass(expanded));
  arith::ArithExpandOpsPassOptions conversions;
  conversions.includeBf16 = true;
  manager.addPass(arith::createArithExpandOpsPass(conversions));
}

static void lowerToLLVM(OpPassManager &manager) {
  manager.nest<func::FuncOp>().addPass(reference::createCheckAllocations());
  manager.addPass(createSCFToControlFlowPass());
  manager.addPass(reference::createLowerChecks());
  manager.addPass(memref::createExpandStridedMetadataPass());
  manager.addPass(createConvertVectorToLLVMPass());
  manager.addPass(createLowerAffinePass());
  // Before arithmetic, so that it sees which sizes and indices are constant: for others, it takes stack.
  FinalizeMemRefToLLVMConversionPassOptions memory;
  memory.useGenericFunctions = true;
  manager.addPass(createFinalizeMemRefToLLVMConversionPass(memory));
  manager.addPass(reference::createCallLibm());
  manager.addPass(createConvertMathToLLVMPass());
  manager.addPass(createConvertMathToLibmPass());
  manager.addPass(createArithToLLVMConversionPass());
  manager.addPass(createConvertFuncToLLVMPass());
  manager.addPass(createConvertControlFlowToLLVMPass());
  manager.addPass(createUBToLLVMConversionPass());
  manager.addPass(createReconcileUnrealizedCastsPass());
  manager.addPass(reference::createStoreBf16AsBits());
}

void buildEntryPipeline(OpPassManager &manager, const std::string &function, bool symmetrise) {
  reference::MakeEntryOptions entry;
  entry.function = function;
  manager.addPass(reference::createMakeEntry(entry));
  manager.addPass(createSymbolDCEPass());
  // Sizes are checked as the program states them: simplification may remove the operation that would notice.
  OpPassManager &nested = manager.nest<func::FuncOp>();
  nested.addPass(reference::createCheckLanguage());
  // Regions of sdpa, and functions that these call, are evaluated for all pairs at once, where no check may stand.
  reference::CheckTensorsOptions checks;
  checks.elements = false;
  nested.addPass(reference::createCheckTensors(checks));
  buildCalculusPipeline(manager, symmetrise);
  manager.addPass(createSymbolDCEPass());
  manager.addPass(calculus::createDecompose());
  manager.addPass(reference::createVerifyRunnable());
  OpPassManager &expanded = manager.nest<func::FuncOp>();
  expanded.addPass(reference::createCheckLanguage());
  expanded.addPass(reference::createCheckTensors());
}

/// To the LLVM dialect, in parts of which the pass manager works on several at a time.
static void lowerParts(OpPassManager &manager, const CpuTarget &target) {
  manager.addPass(reference::createCheckRecursion());
  manager.addPass(cpu::createPartition());
  OpPassManager &part = manager.nest<ModuleOp>();
  lowerArithmetic(part, target);
  lowerToLLVM(part);
  manager.addPass(reference::createPropagateFailures());
}

void buildLoweringPipeline(OpPassManager &manager, const CpuTarget &target) {
  lowerToLinalg(manager, streamsOf(target));
  bufferize(manager, streamsOf(target));
  manager.addPass(cpu::createParallelise());
  lowerToLoops(manager, target);
  lowerParts(manager, target);
}

void buildHostPipeline(OpPassManager &manager) {
  manager.addPass(gpu::createLowerLaunches());
  lowerParts(manager, CpuTarget());
}

void buildReferencePipeline(OpPassManager &manager, const ReferenceOptions &options) {
  buildEntryPipeline(manager, options.function);
  buildLoweringPipeline(manager, CpuTarget());
  manager.addPass(cpu::createMergeParts());
}

void buildStreamingPipeline(OpPassManager &manager, const StreamingOptions &options) {
  buildEntryPipeline(manager, options.function);
  buildSweepsPipeline(manager, options);
  buildLoweringPipeline(manager, options.target);
  manager.addPass(cpu::createMergeParts());
}

} // namespace theria
