//===- SliceFolding.cpp - constants in slices that drop dimensions --------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where offsets or sizes of a slice become constants, upstream's canonicalization infers the type of the slice anew:
// of several dimensions of size 1 it drops the first ones, whichever the slice drops. Where a dimension that is kept
// comes before one that is dropped, that is another type, or a crash. The patterns here keep what the slice keeps, and
// come before upstream's.
//
//===----------------------------------------------------------------------===//

#include "dialect/Theria.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/ParallelCombiningOpInterface.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

using namespace mlir;

namespace theria {
namespace {

constexpr unsigned kBeforeUpstream = 2;

/// The operands of a slice with what is constant as attributes, and the type of the slice with them.
struct FoldedSlice {
  SmallVector<OpFoldResult> offsets, sizes, strides;
  RankedTensorType type;
};

/// Failure where the slice keeps its rank, where nothing is to be folded, or where the slice would not verify.
template <typename Op> FailureOr<FoldedSlice> fold(Op op, RankedTensorType type, RankedTensorType sliced) {
  if (type.getRank() == sliced.getRank())
    return failure();
  llvm::SmallBitVector dropped = op.getDroppedDims();
  FoldedSlice folded{op.getMixedOffsets(), op.getMixedSizes(), op.getMixedStrides(), {}};
  bool changed = succeeded(foldDynamicIndexList(folded.offsets, /*onlyNonNegative=*/true));
  changed |= succeeded(foldDynamicIndexList(folded.sizes, /*onlyNonNegative=*/true));
  changed |= succeeded(foldDynamicIndexList(folded.strides));
  if (!changed || !verifyInBoundsSlice(sliced.getShape(), folded.offsets, folded.sizes, folded.strides).isValid)
    return failure();
  SmallVector<int64_t> shape;
  for (auto [dim, size] : llvm::enumerate(folded.sizes))
    if (!dropped.test(dim))
      shape.push_back(getConstantIntValue(size).value_or(ShapedType::kDynamic));
  folded.type = RankedTensorType::get(shape, type.getElementType(), type.getEncoding());
  return folded;
}

struct FoldExtractedSlice : OpRewritePattern<tensor::ExtractSliceOp> {
  explicit FoldExtractedSlice(MLIRContext *context) : OpRewritePattern(context, kBeforeUpstream) {}
  LogicalResult matchAndRewrite(tensor::ExtractSliceOp op, PatternRewriter &rewriter) const override {
    FailureOr<FoldedSlice> folded = fold(op, op.getType(), op.getSourceType());
    if (failed(folded))
      return failure();
    Value slice = tensor::ExtractSliceOp::create(rewriter, op.getLoc(), folded->type, op.getSource(), folded->offsets,
                                                 folded->sizes, folded->strides);
    if (slice.getType() != op.getType())
      slice = tensor::CastOp::create(rewriter, op.getLoc(), op.getType(), slice);
    rewriter.replaceOp(op, slice);
    return success();
  }
};

template <typename Op> struct FoldInsertedSlice : OpRewritePattern<Op> {
  explicit FoldInsertedSlice(MLIRContext *context) : OpRewritePattern<Op>(context, kBeforeUpstream) {}
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    FailureOr<FoldedSlice> folded = fold(op, op.getSourceType(), op.getDestType());
    if (failed(folded))
      return failure();
    Value slice = op.getSource();
    if (slice.getType() != folded->type) {
      OpBuilder::InsertionGuard guard(rewriter);
      // A block of parallel insertions holds nothing else.
      if (auto block = dyn_cast<InParallelOpInterface>(op->getParentOp()))
        rewriter.setInsertionPoint(block);
      slice = tensor::CastOp::create(rewriter, op.getLoc(), folded->type, slice);
    }
    rewriter.replaceOpWithNewOp<Op>(op, slice, op.getDest(), folded->offsets, folded->sizes, folded->strides);
    return success();
  }
};

} // namespace

void TheriaDialect::getCanonicalizationPatterns(RewritePatternSet &patterns) const {
  patterns.add<FoldExtractedSlice, FoldInsertedSlice<tensor::InsertSliceOp>,
               FoldInsertedSlice<tensor::ParallelInsertSliceOp>>(getContext());
}

} // namespace theria
