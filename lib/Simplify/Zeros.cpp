//===- Zeros.cpp - what a zero makes zero or leaves alone ------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A constant zero is a structural zero: it stands for a term that is not there, so 0·x = 0 even where x is NaN or
// infinite, and x + 0 = x even where x is −0.
//
//===----------------------------------------------------------------------===//
#include "lib/Simplify/Product.h"
#include "lib/Simplify/Simplify.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria {

static bool isZero(Value value) {
  std::optional<APFloat> constant = constantSplat(value);
  return constant && constant->isZero();
}

/// A constant of the type of an op's result, whose dynamic sizes the op itself tells.
template <typename Op> static Value createSplat(RewriterBase &rewriter, Op op, const APFloat &constant) {
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  auto attribute = rewriter.getFloatAttr(type.getElementType(), constant);
  if (type.hasStaticShape())
    return arith::ConstantOp::create(rewriter, op->getLoc(), DenseElementsAttr::get(type, attribute));
  ReifiedRankedShapedTypeDims shapes;
  if (failed(op.reifyResultShapes(rewriter, shapes)))
    return Value();
  SmallVector<Value> sizes;
  for (auto [dim, size] : llvm::enumerate(shapes.front()))
    if (type.isDynamicDim(dim))
      sizes.push_back(getValueOrCreateConstantIndexOp(rewriter, op->getLoc(), size));
  Value element = arith::ConstantOp::create(rewriter, op->getLoc(), attribute);
  return tensor::SplatOp::create(rewriter, op->getLoc(), type, element, sizes);
}

template <typename Op> static LogicalResult replaceBySplat(RewriterBase &rewriter, Op op, const APFloat &constant) {
  Value splat = createSplat(rewriter, op, constant);
  if (!splat)
    return failure();
  rewriter.replaceOp(op, splat);
  return success();
}

namespace {
/// Σ … 0 … = 0.
struct EinsumOfZero : OpRewritePattern<EinsumOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(EinsumOp op, PatternRewriter &rewriter) const override {
    auto zero = llvm::find_if(op.getInputs(), isZero);
    if (zero == op.getInputs().end())
      return failure();
    return replaceBySplat(rewriter, op, *constantSplat(*zero));
  }
};

/// A transposed or broadcast constant is a constant.
struct EinsumOfConstant : OpRewritePattern<EinsumOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(EinsumOp op, PatternRewriter &rewriter) const override {
    std::optional<APFloat> constant = constantSplat(op.getInputs().front());
    Equation labels = op.getLabels();
    if (!constant || op.getMask() || op.getInputs().size() != 1 || !isSubset(labels.inputs.front(), labels.result))
      return failure();
    return replaceBySplat(rewriter, op, *constant);
  }
};

/// A table, updates or a cast of zeros give zeros; a cast of any constant is a constant.
template <typename Op, bool OnlyZero> struct LinearOfConstant : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    std::optional<APFloat> constant = constantSplat(op->getOperand(0));
    if (!constant || (OnlyZero && !constant->isZero()))
      return failure();
    return replaceBySplat(rewriter, op, *constant);
  }
};

/// x + 0 = 0 + x = x.
struct AddZero : OpRewritePattern<arith::AddFOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(arith::AddFOp op, PatternRewriter &rewriter) const override {
    for (auto [zero, other] : {std::pair(op.getLhs(), op.getRhs()), std::pair(op.getRhs(), op.getLhs())})
      if (isZero(zero)) {
        rewriter.replaceOp(op, other);
        return success();
      }
    return failure();
  }
};

/// x − 0 = x, 0 − x = −x.
struct SubtractZero : OpRewritePattern<arith::SubFOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(arith::SubFOp op, PatternRewriter &rewriter) const override {
    if (isZero(op.getRhs()))
      rewriter.replaceOp(op, op.getLhs());
    else if (isZero(op.getLhs()))
      rewriter.replaceOpWithNewOp<arith::NegFOp>(op, op.getRhs());
    else
      return failure();
    return success();
  }
};

/// 0·x = x·0 = 0 and 0 / x = 0.
template <typename Op, bool Either> struct MultiplyZero : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    if (isZero(op.getLhs()))
      rewriter.replaceOp(op, op.getLhs());
    else if (Either && isZero(op.getRhs()))
      rewriter.replaceOp(op, op.getRhs());
    else
      return failure();
    return success();
  }
};

/// −0 = 0: a structural zero has no sign.
struct NegateZero : OpRewritePattern<arith::NegFOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(arith::NegFOp op, PatternRewriter &rewriter) const override {
    if (!isZero(op.getOperand()))
      return failure();
    rewriter.replaceOp(op, op.getOperand());
    return success();
  }
};

/// Either value of a choice between zeros is zero.
struct SelectZero : OpRewritePattern<arith::SelectOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(arith::SelectOp op, PatternRewriter &rewriter) const override {
    if (!isZero(op.getTrueValue()) || !isZero(op.getFalseValue()))
      return failure();
    rewriter.replaceOp(op, op.getTrueValue());
    return success();
  }
};
} // namespace

void populateZeroPatterns(RewritePatternSet &patterns) {
  patterns.add<EinsumOfZero, EinsumOfConstant, LinearOfConstant<GatherOp, true>, LinearOfConstant<ScatterAddOp, true>,
               LinearOfConstant<PairCastOp, false>, AddZero, SubtractZero, MultiplyZero<arith::MulFOp, true>,
               MultiplyZero<arith::DivFOp, false>, NegateZero, SelectZero>(patterns.getContext());
}

} // namespace theria
