//===- Shapes.cpp - sizes from the operands of what is measured ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// tensor.dim of a result becomes tensor.dim of an operand, so that equal sizes become equal values and a tensor that
// only gave its size is unused.
//
//===----------------------------------------------------------------------===//
#include "lib/Simplify/Simplify.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace theria {

#define GEN_PASS_DEF_RESOLVESIZES
#include "lib/Simplify/Passes.h.inc"

namespace {
/// The size of an elementwise result is that of any operand of its rank.
struct DimOfElementwise : OpRewritePattern<tensor::DimOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(tensor::DimOp op, PatternRewriter &rewriter) const override {
    Operation *source = op.getSource().getDefiningOp();
    if (!source || !source->hasTrait<OpTrait::Elementwise>())
      return failure();
    for (Value operand : source->getOperands())
      if (isa<RankedTensorType>(operand.getType())) {
        rewriter.modifyOpInPlace(op, [&] { op.getSourceMutable().assign(operand); });
        return success();
      }
    return failure();
  }
};

/// The size of a result that an op can tell from its operands.
struct DimOfReified : OpRewritePattern<tensor::DimOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(tensor::DimOp op, PatternRewriter &rewriter) const override {
    auto source = dyn_cast<OpResult>(op.getSource());
    std::optional<int64_t> index = op.getConstantIndex();
    // Of some operations upstream promises the interface, but implements it with affine maps.
    if (!source || !index || isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp>(source.getOwner()) ||
        !isa<ReifyRankedShapedTypeOpInterface>(source.getOwner()) ||
        *index >= cast<RankedTensorType>(source.getType()).getRank())
      return failure();
    rewriter.setInsertionPoint(source.getOwner());
    Value size = reifyDim(rewriter, source, *index);
    if (!size)
      return failure();
    rewriter.replaceOp(op, size);
    return success();
  }
};

/// The size of a dimension that the result of a `Source` has.
template <typename Source> struct DimOf : OpRewritePattern<tensor::DimOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(tensor::DimOp op, PatternRewriter &rewriter) const override {
    auto source = op.getSource().getDefiningOp<Source>();
    std::optional<int64_t> index = op.getConstantIndex();
    if (!source || !index || *index >= cast<RankedTensorType>(op.getSource().getType()).getRank())
      return failure();
    rewriter.replaceOp(op, getValueOrCreateConstantIndexOp(rewriter, op.getLoc(), size(source, *index, rewriter)));
    return success();
  }
  static OpFoldResult size(Source source, int64_t dim, PatternRewriter &rewriter);
};

/// The sizes of a split dimension are given where it is split.
template <>
OpFoldResult DimOf<tensor::ExpandShapeOp>::size(tensor::ExpandShapeOp source, int64_t dim, PatternRewriter &) {
  return source.getMixedOutputShape()[dim];
}

/// The size of a joined dimension is the product of those it joins.
template <>
OpFoldResult DimOf<tensor::CollapseShapeOp>::size(tensor::CollapseShapeOp source, int64_t dim,
                                                  PatternRewriter &rewriter) {
  Location loc = source.getLoc();
  Value product;
  const ReassociationIndices joined = source.getReassociationIndices()[dim];
  for (int64_t part : joined) {
    Value size = rewriter.createOrFold<tensor::DimOp>(loc, source.getSrc(), part);
    product = product ? arith::MulIOp::create(rewriter, loc, product, size).getResult() : size;
  }
  return product;
}
} // namespace

void populateShapePatterns(RewritePatternSet &patterns) {
  patterns.add<DimOfElementwise, DimOfReified, DimOf<tensor::ExpandShapeOp>, DimOf<tensor::CollapseShapeOp>>(
      patterns.getContext());
  tensor::DimOp::getCanonicalizationPatterns(patterns, patterns.getContext());
}

namespace {
struct ResolveSizes : impl::ResolveSizesBase<ResolveSizes> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    populateShapePatterns(patterns);
    GreedyRewriteConfig config;
    config.enableFolding(false).enableConstantCSE(false).setMaxIterations(GreedyRewriteConfig::kNoLimit);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns), config)))
      signalPassFailure();
  }
};
} // namespace

} // namespace theria
