//===- VerifyRunnable.cpp - refuse what cannot be lowered -----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "dialect/Theria.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_VERIFYRUNNABLE
#include "lib/Reference/Passes.h.inc"

namespace {

struct VerifyRunnable : impl::VerifyRunnableBase<VerifyRunnable> {
  void runOnOperation() override;
};

} // namespace

static bool isLowered(Operation *op) {
  if (isa<arith::ArithDialect, math::MathDialect>(op->getDialect()))
    return !isa<arith::ScalingExtFOp, arith::ScalingTruncFOp>(op);
  if (isa<tensor::TensorDialect>(op->getDialect()))
    return !isa<tensor::GatherOp, tensor::ScatterOp, tensor::BitcastOp>(op);
  return isa<ModuleOp, func::FuncOp, func::CallOp, func::ReturnOp, scf::ForOp, scf::WhileOp, scf::ConditionOp,
             scf::IfOp, scf::IndexSwitchOp, scf::ExecuteRegionOp, scf::YieldOp, scf::ForallOp, scf::InParallelOp,
             bufferization::AllocTensorOp, EinsumOp, LogsumexpOp, ReduceMaxOp, CoordOp, GatherOp, ScatterAddOp,
             PairCastOp, CheckOp>(op);
}

static bool isElement(Type type) {
  if (auto integer = dyn_cast<IntegerType>(type))
    return integer.isSignless() && integer.getWidth() <= 64;
  return isa<IndexType, Float64Type, Float32Type, BFloat16Type, Float16Type>(type);
}

/// Whether the bytes of the static sizes, of elements of 8 bytes, fit.
static bool fitsInMemory(RankedTensorType type) {
  int64_t bytes = sizeof(int64_t);
  for (int64_t size : type.getShape())
    if (!ShapedType::isDynamic(size) && llvm::MulOverflow(bytes, size, bytes))
      return false;
  return true;
}

/// What is wrong with a type, or "".
static StringRef findFault(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!isElement(tensor ? tensor.getElementType() : type))
    return "scalars and ranked tensors of f64, f32, bf16, f16, index or "
           "signless integers of at most 64 bits";
  if (tensor && tensor.getEncoding() && !getPair(tensor))
    return "tensors without encoding or with #theria.pair";
  if (tensor && !fitsInMemory(tensor))
    return "tensors whose bytes fit 63 bits";
  return "";
}

static LogicalResult verify(Operation *op) {
  if (!isLowered(op))
    return op->emitError() << "expected only operations that can be lowered, "
                              "but found '"
                           << op->getName()
                           << "'; rewrite it in func, arith, math, tensor, scf "
                              "and theria";
  // A declaration that nothing calls may stay: the rule of a function, say.
  if (auto call = dyn_cast<func::CallOp>(op))
    if (auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(op, call.getCalleeAttr());
        callee && callee.isDeclaration()) {
      InFlightDiagnostic error = op->emitError() << "expected a function with a body, but found a call of @"
                                                 << call.getCallee() << ", which has none; define the function";
      error.attachNote(callee.getLoc()) << "declared here";
      return error;
    }
  if (auto function = dyn_cast<func::FuncOp>(op); function && function.getBlocks().size() > 1)
    return op->emitError() << "expected structured control flow, but found several blocks in @" << function.getSymName()
                           << "; use scf";
  SmallVector<Type> types(op->getResultTypes());
  for (Region &region : op->getRegions())
    for (Block &block : region)
      llvm::append_range(types, block.getArgumentTypes());
  for (Type type : types)
    if (StringRef fault = findFault(type); !fault.empty())
      return op->emitError() << "expected " << fault << ", but found " << type << "; change the type";
  return success();
}

void VerifyRunnable::runOnOperation() {
  // The outermost operation first: what a refused one holds has nothing to say.
  WalkResult walk = getOperation()->walk<WalkOrder::PreOrder>([](Operation *op) { return WalkResult(verify(op)); });
  if (walk.wasInterrupted())
    signalPassFailure();
}

} // namespace theria::reference
