//===- LowerKernels.cpp - kernels of threads to the NVVM dialect ----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"

#include "mlir/Conversion/ArithCommon/AttrToLLVMConverter.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/GPUToNVVM/GPUToNVVMPass.h"
#include "mlir/Conversion/LLVMCommon/ConversionTarget.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Conversion/LLVMCommon/VectorPattern.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/NVGPUToNVVM/NVGPUToNVVM.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVM.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/NVGPU/IR/NVGPUDialect.h"
#include "mlir/Dialect/Vector/Transforms/LoweringPatterns.h"
#include "mlir/Dialect/Vector/Transforms/VectorRewritePatterns.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_LOWERKERNELS
#include "lib/Codegen/GPU/Passes.h.inc"

namespace {

struct LowerKernels : impl::LowerKernelsBase<LowerKernels> {
  void runOnOperation() override {
    if (getOperation().walk<WalkOrder::PreOrder>(refuse).wasInterrupted())
      return signalPassFailure();
    simplify();
    LowerToLLVMOptions options(&getContext());
    // Of theria-flatten-arguments, arrays are addresses.
    options.useBarePtrCallConv = true;
    LLVMTypeConverter types(&getContext(), options);
    configureGpuToNVVMTypeConverter(types);
    RewritePatternSet patterns(&getContext());
    arith::populateArithToLLVMConversionPatterns(types, patterns);
    cf::populateControlFlowToLLVMConversionPatterns(types, patterns);
    // Before the patterns for GPUs, of which some call libdevice.
    populateMathToLLVMConversionPatterns(types, patterns, /*approximateLog1p=*/false, /*benefit=*/2);
    patterns.add<VectorConvertToLLVMPattern<arith::MaxNumFOp, LLVM::MaxNumOp, arith::AttrConvertFastMathToLLVM>,
                 VectorConvertToLLVMPattern<arith::MinNumFOp, LLVM::MinNumOp, arith::AttrConvertFastMathToLLVM>>(
        types, /*benefit=*/2);
    populateFinalizeMemRefToLLVMConversionPatterns(types, patterns);
    ub::populateUBToLLVMConversionPatterns(types, patterns);
    populateVectorToLLVMConversionPatterns(types, patterns);
    populateGpuToNVVMConversionPatterns(types, patterns);
    types.addConversion([&](nvgpu::DeviceAsyncTokenType) -> Type { return IntegerType::get(&getContext(), 32); });
    populateNVGPUToNVVMConversionPatterns(types, patterns);
    LLVMConversionTarget target(getContext());
    target.addLegalDialect<NVVM::NVVMDialect>();
    target.addLegalOp<mlir::gpu::GPUModuleOp, UnrealizedConversionCastOp>();
    if (failed(applyPartialConversion(getOperation(), target, std::move(patterns))))
      return signalPassFailure();
    if (getOperation().walk<WalkOrder::PreOrder>(refuseOthers).wasInterrupted())
      return signalPassFailure();
    finish();
  }

private:
  /// What kernels are told and must not be, in the dialect that is translated.
  void finish() {
    getOperation().walk(annotateLoop);
    for (auto memory : getOperation().getOps<LLVM::GlobalOp>()) {
      auto type = dyn_cast<LLVM::LLVMArrayType>(memory.getType());
      if (memory.getAddrSpace() == unsigned(NVVM::NVVMMemorySpace::Shared) && type && type.getNumElements() == 0)
        declareShared(memory);
    }
    // Without a word, ptxas rather spills than let a multiprocessor hold a single block of threads.
    const Attribute one = IntegerAttr::get(IntegerType::get(&getContext(), 32), 1);
    for (auto kernel : getOperation().getOps<LLVM::LLVMFuncOp>()) {
      kernel->setAttr(NVVM::NVVMDialect::getMinctasmAttrName(), one);
      if (failed(checkArguments(kernel)))
        return signalPassFailure();
    }
  }

  /// Of no size: the launch says how large it is, so that it is declared and not defined. wgmma reads patterns that
  /// begin at multiples of 1024 bytes.
  static void declareShared(LLVM::GlobalOp memory) {
    memory.setLinkage(LLVM::Linkage::External);
    memory.setAlignment(1024);
  }

  /// An error for what would become a call of libdevice, an approximation or, in LLVM, an end without a word of its
  /// place.
  static WalkResult refuse(Operation *op) {
    const bool isFunction = isa<math::MathDialect>(op->getDialect()) && !isInstruction(op);
    if (!isFunction && !isa<arith::RemFOp>(op))
      return WalkResult::advance();
    op->emitError("expected a function that kernels have for its type, but found '")
        << op->getName() << "' on " << op->getOperand(0).getType()
        << "; compute it in f32 or f64, or compile for a CPU";
    return WalkResult::interrupt();
  }

  /// Whether PTX has it, or LLVM makes a few instructions of it that are exact.
  static bool isInstruction(Operation *op) {
    return isa<math::AbsFOp, math::AbsIOp, math::CeilOp, math::CopySignOp, math::CountLeadingZerosOp,
               math::CountTrailingZerosOp, math::CtPopOp, math::FloorOp, math::FmaOp, math::IsFiniteOp, math::IsInfOp,
               math::IsNaNOp, math::IsNormalOp, math::RoundEvenOp, math::RoundOp, math::SqrtOp, math::TruncOp>(op);
  }

  /// An error for what no pattern has lowered.
  static WalkResult refuseOthers(Operation *op) {
    if (isa<LLVM::LLVMDialect, NVVM::NVVMDialect, mlir::gpu::GPUDialect, BuiltinDialect>(op->getDialect()))
      return WalkResult::advance();
    op->emitError("expected an operation that kernels have, but found '")
        << op->getName() << "'; write it with others, or compile for a CPU";
    return WalkResult::interrupt();
  }

  /// An error for more arguments than every version of PTX lets a kernel have.
  static LogicalResult checkArguments(LLVM::LLVMFuncOp kernel) {
    constexpr int64_t most = 4352;
    int64_t bytes = 0;
    for (Type type : kernel.getArgumentTypes())
      bytes += isa<LLVM::LLVMPointerType>(type) ? 8 : llvm::alignTo(bytesOf(type), 8);
    if (bytes <= most)
      return success();
    return kernel.emitError("expected kernels whose arguments take ")
           << most << " bytes at most, but found one whose arrays and sizes take " << bytes
           << "; compute fewer derivatives in a function, or compile for a CPU";
  }

  /// What a loop was annotated with is translated to LLVM from the property of its branch only.
  static void annotateLoop(LLVM::BrOp branch) {
    if (auto annotation = branch->getAttrOfType<LLVM::LoopAnnotationAttr>("llvm.loop_annotation"))
      branch.setLoopAnnotationAttr(annotation);
  }

  /// What two dimensions share becomes vectors of one; quotients that are rounded up or down, arithmetic.
  void simplify() {
    RewritePatternSet patterns(&getContext());
    arith::populateCeilFloorDivExpandOpsPatterns(patterns);
    vector::populateVectorBroadcastLoweringPatterns(patterns);
    vector::populateVectorFromElementsUnrollPatterns(patterns);
    (void)applyPatternsGreedily(getOperation(), std::move(patterns));
  }
};

} // namespace
} // namespace theria::gpu
