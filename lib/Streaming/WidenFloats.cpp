//===- WidenFloats.cpp - pairs of small floats in f32 ---------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Passes.h"

#include "lib/Streaming/Stream.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::streaming {
#define GEN_PASS_DEF_WIDENFLOATS
#include "lib/Streaming/Passes.h.inc"

namespace {

struct WidenFloats : impl::WidenFloatsBase<WidenFloats> {
  void runOnOperation() override;

private:
  Value wide(Value value);
  bool isKnown(Value value) const;
  void widen(Operation *op);

  /// The f32 of small values: what they were rounded from, or extended.
  llvm::DenseMap<Value, Value> widened;
};

} // namespace

static bool isSmall(Value value) {
  return isa<TensorType>(value.getType()) && isa<BFloat16Type, Float16Type>(getElementTypeOrSelf(value.getType()));
}

static Type wideType(Value value) {
  return cast<RankedTensorType>(value.getType()).clone(Float32Type::get(value.getContext()));
}

/// Whether an operation computes with floats, rather than converting, moving or classifying them.
static bool computes(Operation *op) {
  if (isa<EinsumOp, ReduceMaxOp, LogsumexpOp, ScatterAddOp, arith::CmpFOp, arith::SelectOp>(op))
    return true;
  return OpTrait::hasElementwiseMappableTraits(op) && !isa<CastOpInterface>(op) &&
         isa<arith::ArithDialect, math::MathDialect>(op->getDialect()) && llvm::any_of(op->getResults(), isSmall);
}

bool WidenFloats::isKnown(Value value) const { return !isSmall(value) || widened.contains(value); }

Value WidenFloats::wide(Value value) {
  auto [at, isNew] = widened.try_emplace(value);
  if (isNew) {
    OpBuilder builder(value.getContext());
    builder.setInsertionPointAfterValue(value);
    at->second = builder.createOrFold<arith::ExtFOp>(value.getLoc(), wideType(value), value);
  }
  return widened.lookup(value);
}

void WidenFloats::widen(Operation *op) {
  for (OpOperand &operand : op->getOpOperands())
    if (isSmall(operand.get()))
      operand.set(wide(operand.get()));
  OpBuilder builder(op->getContext());
  builder.setInsertionPointAfter(op);
  for (Value result : op->getResults()) {
    if (!isSmall(result))
      continue;
    Type small = result.getType();
    result.setType(wideType(result));
    Value rounded = arith::TruncFOp::create(builder, op->getLoc(), small, result);
    result.replaceAllUsesExcept(rounded, rounded.getDefiningOp());
    widened[rounded] = result;
  }
}

void WidenFloats::runOnOperation() {
  // What pairs are computed of first, so that it is known to the operations between them, whatever their order.
  SmallVector<Operation *> ops;
  getOperation().walk([&](Operation *op) {
    if (!computes(op))
      return;
    ops.push_back(op);
    if (touchesPairs(op))
      for (Value operand : op->getOperands())
        if (isSmall(operand) && (!operand.getDefiningOp() || !computes(operand.getDefiningOp())))
          wide(operand);
  });
  for (Operation *op : ops) {
    bool follows = llvm::any_of(op->getOperands(), [&](Value operand) { return isSmall(operand) && isKnown(operand); });
    if (touchesPairs(op) ||
        (follows && llvm::all_of(op->getOperands(), [&](Value operand) { return isKnown(operand); })))
      widen(op);
  }
}

} // namespace theria::streaming
