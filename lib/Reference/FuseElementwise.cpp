//===- FuseElementwise.cpp - chains of elementwise loops as one -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_FUSEELEMENTWISE
#include "lib/Reference/Passes.h.inc"

/// Whether the fused loop would compute each element of the producer once: not in a contraction or a broadcast.
static bool computesOnce(OpOperand *operand) {
  auto producer = operand->get().getDefiningOp<linalg::GenericOp>();
  auto consumer = dyn_cast<linalg::GenericOp>(operand->getOwner());
  return producer && consumer && producer->hasOneUse() && consumer.getNumLoops() == producer.getNumLoops() &&
         consumer.getMatchingIndexingMap(operand).isPermutation();
}

/// The value of all elements of a tensor, where one operation says it; upstream looks at constants of other types only.
static Value splatOf(OpBuilder &builder, Value tensor) {
  if (auto splat = tensor.getDefiningOp<tensor::SplatOp>())
    return splat.getInput();
  SplatElementsAttr elements;
  if (!matchPattern(tensor, m_Constant(&elements)) || !elements.getElementType().isIndex())
    return {};
  return arith::ConstantOp::create(builder, tensor.getLoc(), elements.getSplatValue<TypedAttr>());
}

/// Bodies use the value of a splat instead of an element.
static void useSplats(linalg::GenericOp op) {
  OpBuilder builder(op);
  for (OpOperand *operand : op.getDpsInputOperands())
    if (BlockArgument element = op.getMatchingBlockArgument(operand); !element.use_empty())
      if (Value splat = splatOf(builder, operand->get()))
        element.replaceAllUsesWith(splat);
}

/// Whether an operation only computes with positions, which is as fast as to read what it computed.
static bool isOfPositions(linalg::GenericOp op) {
  return !op.getNumDpsInputs() && op->getNumResults() == 1 &&
         op.getMatchingBlockArgument(op.getDpsInitOperand(0)).use_empty() &&
         llvm::all_of(op.getBody()->without_terminator(), [](Operation &inner) {
           return isa<linalg::IndexOp, arith::ConstantOp, arith::AddIOp, arith::SubIOp, arith::IndexCastOp>(inner);
         });
}

/// Each loop that could compute positions gets operations of its own to do so.
static void copyPositions(linalg::GenericOp op) {
  if (!isOfPositions(op))
    return;
  for (OpOperand &use : llvm::make_early_inc_range(op->getUses())) {
    auto consumer = dyn_cast<linalg::GenericOp>(use.getOwner());
    if (op->hasOneUse() || !consumer || consumer.getNumLoops() != consumer.getNumParallelLoops() ||
        consumer.getNumLoops() != op.getNumLoops())
      continue;
    OpBuilder builder(consumer);
    use.set(builder.clone(*op)->getResult(0));
  }
}

namespace {

struct FuseElementwise : impl::FuseElementwiseBase<FuseElementwise> {
  void runOnOperation() override {
    getOperation().walk(useSplats);
    getOperation().walk(copyPositions);
    RewritePatternSet patterns(&getContext());
    linalg::populateElementwiseOpsFusionPatterns(patterns, computesOnce);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
} // namespace theria::reference
