//===- Signs.cpp - factors of one and minus one ----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Negation is exact, so signs move outwards, where they meet sums and other signs: x + (−y) = x − y, (−x)·y = −(x·y).
//
//===----------------------------------------------------------------------===//
#include "lib/Simplify/Product.h"
#include "lib/Simplify/Simplify.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace theria {

static Value negated(Value value) {
  auto op = value.getDefiningOp<arith::NegFOp>();
  return op ? op.getOperand() : Value();
}

namespace {
/// 1·x = x, (−1)·x = −x, for constants of any shape.
struct MultiplyUnit : OpRewritePattern<arith::MulFOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(arith::MulFOp op, PatternRewriter &rewriter) const override {
    for (auto [factor, other] : {std::pair(op.getLhs(), op.getRhs()), std::pair(op.getRhs(), op.getLhs())}) {
      std::optional<APFloat> constant = constantSplat(factor);
      if (!constant || !abs(*constant).isExactlyValue(1))
        continue;
      rewriter.replaceOp(op, createScaled(rewriter, op.getLoc(), other, constant->isNegative() ? -1.0 : 1.0));
      return success();
    }
    return failure();
  }
};

/// (−x)·y = x·(−y) = −(x·y), and so for quotients.
template <typename Op> struct MultiplyNegated : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    Value lhs = negated(op.getLhs()), rhs = negated(op.getRhs());
    if (!lhs && !rhs)
      return failure();
    Value product = Op::create(rewriter, op.getLoc(), lhs ? lhs : op.getLhs(), rhs ? rhs : op.getRhs());
    if (!lhs || !rhs)
      product = arith::NegFOp::create(rewriter, op.getLoc(), product);
    rewriter.replaceOp(op, product);
    return success();
  }
};

/// x + (−y) = x − y, (−x) + y = y − x.
struct AddNegated : OpRewritePattern<arith::AddFOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(arith::AddFOp op, PatternRewriter &rewriter) const override {
    if (Value rhs = negated(op.getRhs()))
      rewriter.replaceOpWithNewOp<arith::SubFOp>(op, op.getLhs(), rhs);
    else if (Value lhs = negated(op.getLhs()))
      rewriter.replaceOpWithNewOp<arith::SubFOp>(op, op.getRhs(), lhs);
    else
      return failure();
    return success();
  }
};

/// x − (−y) = x + y, (−x) − y = −(x + y).
struct SubtractNegated : OpRewritePattern<arith::SubFOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(arith::SubFOp op, PatternRewriter &rewriter) const override {
    if (Value rhs = negated(op.getRhs())) {
      rewriter.replaceOpWithNewOp<arith::AddFOp>(op, op.getLhs(), rhs);
      return success();
    }
    Value lhs = negated(op.getLhs());
    if (!lhs)
      return failure();
    Value sum = arith::AddFOp::create(rewriter, op.getLoc(), lhs, op.getRhs());
    rewriter.replaceOpWithNewOp<arith::NegFOp>(op, sum);
    return success();
  }
};
} // namespace

void populateSignPatterns(RewritePatternSet &patterns) {
  patterns
      .add<MultiplyUnit, MultiplyNegated<arith::MulFOp>, MultiplyNegated<arith::DivFOp>, AddNegated, SubtractNegated>(
          patterns.getContext());
}

} // namespace theria
