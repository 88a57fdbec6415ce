//===- AccumulateProducts.cpp - products start from what they are added to ===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_ACCUMULATEPRODUCTS
#include "lib/Codegen/GPU/Passes.h.inc"

namespace {

/// A sum of tiles, one of which is the result of a branch or loop that nothing else reads and that comes after the
/// other.
template <typename Op> struct AddTo : OpRewritePattern<arith::AddFOp> {
  AddTo(MLIRContext *context, const DominanceInfo &dominance) : OpRewritePattern(context), dominance(dominance) {}

  LogicalResult matchAndRewrite(arith::AddFOp sum, PatternRewriter &rewriter) const override {
    if (!isa<VectorType>(sum.getType()))
      return failure();
    for (auto [value, other] : {std::pair(sum.getLhs(), sum.getRhs()), std::pair(sum.getRhs(), sum.getLhs())}) {
      auto producer = value.template getDefiningOp<Op>();
      if (!producer || !value.hasOneUse() || !dominance.properlyDominates(other, producer))
        continue;
      if (succeeded(start(producer, cast<OpResult>(value).getResultNumber(), other, rewriter))) {
        rewriter.replaceOp(sum, value);
        return success();
      }
    }
    return failure();
  }

  static LogicalResult start(Op producer, unsigned number, Value from, PatternRewriter &rewriter);

private:
  const DominanceInfo &dominance;
};

} // namespace

/// Both branches add on their own.
template <>
LogicalResult AddTo<scf::IfOp>::start(scf::IfOp branch, unsigned number, Value from, PatternRewriter &rewriter) {
  for (scf::YieldOp yield : {branch.thenYield(), branch.elseYield()}) {
    rewriter.setInsertionPoint(yield);
    Value sum = arith::AddFOp::create(rewriter, yield.getLoc(), from, yield.getOperand(number));
    rewriter.modifyOpInPlace(yield, [&] { yield.setOperand(number, sum); });
  }
  return success();
}

/// A loop that adds to what it carries, from 0 on.
template <>
LogicalResult AddTo<scf::ForOp>::start(scf::ForOp loop, unsigned number, Value from, PatternRewriter &rewriter) {
  Value carried = loop.getRegionIterArg(number);
  auto next = loop.getYieldedValues()[number].getDefiningOp<arith::AddFOp>();
  if (!matchPattern(loop.getInitArgs()[number], m_AnyZeroFloat()) || !carried.hasOneUse() || !next ||
      (next.getLhs() != carried && next.getRhs() != carried))
    return failure();
  rewriter.modifyOpInPlace(loop, [&] { loop.getInitArgsMutable()[number].set(from); });
  return success();
}

namespace {

struct AccumulateProducts : impl::AccumulateProductsBase<AccumulateProducts> {
  void runOnOperation() override {
    DominanceInfo dominance(getOperation());
    RewritePatternSet patterns(&getContext());
    patterns.add<AddTo<scf::IfOp>, AddTo<scf::ForOp>>(&getContext(), dominance);
    vector::ContractionOp::getCanonicalizationPatterns(patterns, &getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
} // namespace theria::gpu
