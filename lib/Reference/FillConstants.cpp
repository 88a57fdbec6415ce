//===- FillConstants.cpp - large tensors of one value ---------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_FILLCONSTANTS
#include "lib/Reference/Passes.h.inc"

namespace {

struct FillConstants : impl::FillConstantsBase<FillConstants> {
  void runOnOperation() override;
};

} // namespace

/// Up to here a constant is part of the program: it is read, not filled.
static constexpr int64_t kMostBytes = 4096;

/// A new array of `value` for each reader of `shared`: one that writes into it would copy it otherwise.
/// Its place is the reader's: equal constants are one, which has no place left.
static void fillForEachUse(OpResult shared, function_ref<Value(OpBuilder &, Location)> fill) {
  for (OpOperand &use : llvm::make_early_inc_range(shared.getUses())) {
    OpBuilder builder(use.getOwner());
    use.set(fill(builder, use.getOwner()->getLoc()));
  }
}

static void fill(arith::ConstantOp op) {
  auto elements = dyn_cast<SplatElementsAttr>(op.getValue());
  if (!elements || !isa<RankedTensorType>(elements.getType()))
    return;
  auto type = cast<RankedTensorType>(elements.getType());
  // An index is as large as a pointer.
  int64_t bytes = type.getElementType().isIndex() ? sizeof(void *) : llvm::divideCeil(type.getElementTypeBitWidth(), 8);
  if (elements.getNumElements() <= kMostBytes / bytes)
    return;
  OpBuilder outside(op);
  Value value = arith::ConstantOp::create(outside, op.getLoc(), elements.getSplatValue<TypedAttr>());
  fillForEachUse(cast<OpResult>(op.getResult()), [&](OpBuilder &builder, Location loc) {
    Value empty = tensor::EmptyOp::create(builder, loc, type, ValueRange());
    return linalg::FillOp::create(builder, loc, value, empty).getResult(0);
  });
  op.erase();
}

static void fillAgain(linalg::FillOp op) {
  auto empty = op.getNumResults() ? op.getOutputs()[0].getDefiningOp<tensor::EmptyOp>() : nullptr;
  if (!empty || op->hasOneUse())
    return;
  fillForEachUse(cast<OpResult>(op.getResult(0)), [&](OpBuilder &builder, Location loc) {
    Value own = tensor::EmptyOp::create(builder, loc, empty.getType(), empty.getDynamicSizes());
    return linalg::FillOp::create(builder, loc, op.getInputs()[0], own).getResult(0);
  });
  op.erase();
}

void FillConstants::runOnOperation() {
  getOperation().walk([](arith::ConstantOp op) { fill(op); });
  getOperation().walk([](linalg::FillOp op) { fillAgain(op); });
}

} // namespace theria::reference
