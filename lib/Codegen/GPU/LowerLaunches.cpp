//===- LowerLaunches.cpp - launches become calls of the runtime -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"

#include "mlir/Conversion/LLVMCommon/ConversionTarget.h"
#include "mlir/Conversion/LLVMCommon/Pattern.h"
#include "mlir/Dialect/LLVMIR/FunctionCallUtils.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_LOWERLAUNCHES
#include "lib/Codegen/GPU/Passes.h.inc"

namespace {

/// theria_launch(name, blocks, threads, sharedBytes, arguments, count): runtime/theria_device.h.
struct LowerLaunch : ConvertOpToLLVMPattern<mlir::gpu::LaunchFuncOp> {
  using ConvertOpToLLVMPattern::ConvertOpToLLVMPattern;

  LogicalResult matchAndRewrite(mlir::gpu::LaunchFuncOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    auto module = op->getParentOfType<ModuleOp>();
    Type pointer = LLVM::LLVMPointerType::get(getContext()), word = rewriter.getI64Type();
    auto launch = LLVM::lookupOrCreateFn(rewriter, module, "theria_launch", {pointer, word, word, word, pointer, word},
                                         LLVM::LLVMVoidType::get(getContext()));
    if (failed(launch))
      return failure();
    auto number = [&](int64_t value) -> Value {
      return LLVM::ConstantOp::create(rewriter, loc, word, rewriter.getI64IntegerAttr(value));
    };
    SmallVector<Value> arguments =
        getTypeConverter()->promoteOperands(loc, op.getKernelOperands(), adaptor.getKernelOperands(), rewriter,
                                            /*useBarePtrCallConv=*/true);
    Value places = onStack(rewriter, loc, op, LLVM::LLVMArrayType::get(pointer, arguments.size()));
    for (auto [position, argument] : llvm::enumerate(arguments)) {
      Value place = onStack(rewriter, loc, op, argument.getType());
      LLVM::StoreOp::create(rewriter, loc, argument, place);
      Value slot =
          LLVM::GEPOp::create(rewriter, loc, pointer, pointer, places, ArrayRef<LLVM::GEPArg>{int32_t(position)});
      LLVM::StoreOp::create(rewriter, loc, place, slot);
    }
    Value shared = adaptor.getDynamicSharedMemorySize()
                       ? Value(LLVM::ZExtOp::create(rewriter, loc, word, adaptor.getDynamicSharedMemorySize()))
                       : number(0);
    rewriter.replaceOpWithNewOp<LLVM::CallOp>(op, *launch,
                                              ValueRange{nameOf(op, rewriter), adaptor.getGridSizeX(),
                                                         adaptor.getBlockSizeX(), shared, places,
                                                         number(arguments.size())});
    return success();
  }

private:
  /// Memory of the function for one value; a launch within a loop takes no more each time.
  static Value onStack(ConversionPatternRewriter &rewriter, Location loc, Operation *op, Type type) {
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPointToStart(&op->getParentOfType<FunctionOpInterface>().getFunctionBody().front());
    Value one = LLVM::ConstantOp::create(rewriter, loc, rewriter.getI64Type(), rewriter.getI64IntegerAttr(1));
    return LLVM::AllocaOp::create(rewriter, loc, LLVM::LLVMPointerType::get(rewriter.getContext()), type, one);
  }

  /// The name of the kernel, as a string.
  static Value nameOf(mlir::gpu::LaunchFuncOp op, ConversionPatternRewriter &rewriter) {
    std::string name = op.getKernelName().str(), symbol = "theria_kernel_" + name;
    auto module = op->getParentOfType<ModuleOp>();
    name.push_back('\0');
    auto global = module.lookupSymbol<LLVM::GlobalOp>(symbol);
    if (!global) {
      OpBuilder::InsertionGuard guard(rewriter);
      rewriter.setInsertionPointToStart(module.getBody());
      auto type = LLVM::LLVMArrayType::get(rewriter.getI8Type(), name.size());
      global = LLVM::GlobalOp::create(rewriter, op.getLoc(), type, /*isConstant=*/true, LLVM::Linkage::Internal, symbol,
                                      rewriter.getStringAttr(name));
    }
    return LLVM::AddressOfOp::create(rewriter, op.getLoc(), global);
  }
};

struct LowerLaunches : impl::LowerLaunchesBase<LowerLaunches> {
  void runOnOperation() override {
    LLVMTypeConverter types(&getContext());
    RewritePatternSet patterns(&getContext());
    patterns.add<LowerLaunch>(types);
    ConversionTarget target(getContext());
    target.addLegalDialect<LLVM::LLVMDialect>();
    target.addIllegalOp<mlir::gpu::LaunchFuncOp>();
    if (failed(applyPartialConversion(getOperation(), target, std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
} // namespace theria::gpu
