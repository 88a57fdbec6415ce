//===- DecomposeTensors.cpp - what bufferization does not know ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "dialect/Theria.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_DECOMPOSETENSORS
#include "lib/Reference/Passes.h.inc"

/// One condition that chooses between whole tensors: a branch, not a copy of
/// the condition for each element.
static LogicalResult branchOnSelect(arith::SelectOp op, PatternRewriter &rewriter) {
  if (!isa<RankedTensorType>(op.getType()) || isa<RankedTensorType>(op.getCondition().getType()))
    return failure();
  auto yield = [](Value value) {
    return [value](OpBuilder &builder, Location loc) { scf::YieldOp::create(builder, loc, value); };
  };
  rewriter.replaceOpWithNewOp<scf::IfOp>(op, op.getCondition(), yield(op.getTrueValue()), yield(op.getFalseValue()));
  return success();
}

/// A dimension whose number is not constant: a choice among all sizes, which
/// needs no memory, unlike a table of them.
static LogicalResult chooseDim(tensor::DimOp op, PatternRewriter &rewriter) {
  auto type = dyn_cast<RankedTensorType>(op.getSource().getType());
  if (!type || op.getConstantIndex() || type.getRank() == 0)
    return failure();
  Location loc = op.getLoc();
  Value size = createDim(rewriter, loc, op.getSource(), 0);
  for (int64_t dim = 1; dim < type.getRank(); ++dim) {
    Value number = arith::ConstantIndexOp::create(rewriter, loc, dim);
    Value isThis = arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::eq, op.getIndex(), number);
    size = arith::SelectOp::create(rewriter, loc, isThis, createDim(rewriter, loc, op.getSource(), dim), size);
  }
  rewriter.replaceOp(op, size);
  return success();
}

/// The shape of a reshape as indices, which its lowering reads.
static LogicalResult indexShape(tensor::ReshapeOp op, PatternRewriter &rewriter) {
  auto type = cast<RankedTensorType>(op.getShape().getType());
  if (type.getElementType().isIndex())
    return failure();
  Value shape = arith::IndexCastOp::create(rewriter, op.getLoc(), type.clone(rewriter.getIndexType()), op.getShape());
  rewriter.modifyOpInPlace(op, [&] { op.getShapeMutable().assign(shape); });
  return success();
}

/// A dimension that is split into several unknown ones: a reshape, because the
/// lowering of an expansion derives at most one size of each group.
static LogicalResult reshapeUnknownGroup(tensor::ExpandShapeOp op, PatternRewriter &rewriter) {
  RankedTensorType type = op.getResultType();
  bool known = llvm::all_of(op.getReassociationIndices(), [&](ArrayRef<int64_t> group) {
    return llvm::count_if(group, [&](int64_t dim) { return type.isDynamicDim(dim); }) <= 1;
  });
  if (known)
    return failure();
  SmallVector<Value> sizes = getValueOrCreateConstantIndexOp(rewriter, op.getLoc(), op.getMixedOutputShape());
  Value shape = tensor::FromElementsOp::create(rewriter, op.getLoc(), sizes);
  rewriter.replaceOpWithNewOp<tensor::ReshapeOp>(op, type, op.getSrc(), shape);
  return success();
}

/// Parts that are known to be empty are left out: the slice of one at the end would start outside.
static LogicalResult dropEmptyParts(tensor::ConcatOp op, PatternRewriter &rewriter) {
  auto isFilled = [&](Value part) { return cast<RankedTensorType>(part.getType()).getDimSize(op.getDim()) != 0; };
  SmallVector<Value> parts = llvm::filter_to_vector(op.getInputs(), isFilled);
  if (parts.empty())
    parts.push_back(op.getInputs().front());
  if (parts.size() == op.getInputs().size())
    return failure();
  if (parts.size() == 1)
    rewriter.replaceOpWithNewOp<tensor::CastOp>(op, op.getType(), parts.front());
  else
    rewriter.replaceOpWithNewOp<tensor::ConcatOp>(op, op.getType(), op.getDim(), parts);
  return success();
}

namespace {

struct DecomposeTensors : impl::DecomposeTensorsBase<DecomposeTensors> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    tensor::populateDecomposeTensorConcatPatterns(patterns);
    patterns.add(dropEmptyParts, /*benefit=*/2);
    patterns.add(branchOnSelect);
    patterns.add(chooseDim);
    patterns.add(indexShape);
    patterns.add(reshapeUnknownGroup);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
} // namespace theria::reference
