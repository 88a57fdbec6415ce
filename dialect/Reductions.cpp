//===- Reductions.cpp - logsumexp and reduce_max --------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Theria.h"

#include "dialect/Folds.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include <limits>

using namespace mlir;

namespace theria {

/// The type without one dimension; a mark stays where that is neither its row nor its column.
static RankedTensorType reducedType(RankedTensorType type, int64_t dim) {
  SmallVector<int64_t> shape(type.getShape());
  shape.erase(shape.begin() + dim);
  PairAttr pair = getPair(type);
  if (!pair || dim == pair.getRows() || dim == pair.getCols())
    return RankedTensorType::get(shape, type.getElementType());
  auto moved = [&](unsigned position) { return position - (position > dim); };
  return RankedTensorType::get(shape, type.getElementType(),
                               PairAttr::get(type.getContext(), moved(pair.getRows()), moved(pair.getCols())));
}

static LogicalResult verifyReduction(Operation *op, Value input, Value mask, int64_t dim, Value result) {
  auto type = cast<RankedTensorType>(input.getType()), reduced = cast<RankedTensorType>(result.getType());
  if (dim < 0 || dim >= type.getRank())
    return op->emitOpError() << "expected 'dim' among the " << type.getRank() << " dimensions of " << type
                             << ", but found " << dim << "; count dimensions from 0";
  if (type.getRank() > Equation::maxLabels)
    return op->emitOpError() << "expected at most " << Equation::maxLabels << " dimensions, but found " << type
                             << "; collapse some of them";
  if (failed(verifyMark(op, type)))
    return failure();
  RankedTensorType want = reducedType(type, dim);
  if (reduced != want)
    return op->emitOpError() << "expected a result of type " << want << ", the operand's without dimension " << dim
                             << ", but found " << reduced << "; give the result this type";
  RankedTensorType wantMask = type.clone(IntegerType::get(op->getContext(), 1));
  if (mask && mask.getType() != wantMask)
    return op->emitOpError() << "expected a mask of type " << wantMask << ", but found " << mask.getType()
                             << "; broadcast it to the operand with theria.einsum";
  return success();
}

/// Without live elements, a reduction is −∞.
static Attribute emptyReduction(RankedTensorType type) {
  return Builder(type.getContext()).getFloatAttr(type.getElementType(), -std::numeric_limits<double>::infinity());
}

/// Shared by both reductions: einsums between the operand's and the result's shape, under the reduction's mask.
class ReductionBuilder {
public:
  template <typename Op>
  ReductionBuilder(OpBuilder &builder, Op op)
      : builder(builder), loc(op.getLoc()), input(op.getInput()), result(op.getResult()), mask(op.getMask()) {
    for (int64_t dim = 0; dim < op.getInput().getType().getRank(); ++dim) {
      full += Equation::labelAt(dim);
      if (dim != int64_t(op.getDim()))
        reduced += full.back();
    }
  }

  Value broadcast(Value value) { return einsum({reduced}, full, value, input.getType()); }
  Value sum(ValueRange factors) {
    auto type = cast<RankedTensorType>(result.getType()).clone(getElementTypeOrSelf(factors.front()));
    return einsum(SmallVector<std::string, 2>(factors.size(), full), reduced, factors, type);
  }
  Value constant(double value, Value like) { return createConstant(builder, loc, value, like.getType(), like); }
  /// A tensor of a small float in f32, others as they are.
  Value extended(Value tensor) {
    auto type = cast<RankedTensorType>(tensor.getType());
    if (type.getElementTypeBitWidth() >= 32)
      return tensor;
    return arith::ExtFOp::create(builder, loc, type.clone(builder.getF32Type()), tensor);
  }
  Value select(Value condition, Value yes, Value no) {
    return arith::SelectOp::create(builder, loc, condition, yes, no);
  }
  Value equal(Value a, Value b) { return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OEQ, a, b); }

  OpBuilder &builder;
  Location loc;
  Value input, result, mask;

private:
  Value einsum(SmallVector<std::string, 2> inputs, StringRef to, ValueRange operands, Type type) {
    Equation equation{std::move(inputs), to.str(), mask ? full : ""};
    return EinsumOp::create(builder, loc, cast<RankedTensorType>(type), equation, operands, mask,
                            [&](char label) { return createDim(builder, loc, input, full.find(label)); });
  }
  std::string full, reduced;
};

template <typename Op>
static LogicalResult reifyReduction(Op op, OpBuilder &builder, ReifiedRankedShapedTypeDims &shapes) {
  SmallVector<OpFoldResult> sizes;
  for (int64_t dim = 0; dim < op.getInput().getType().getRank(); ++dim)
    if (dim != int64_t(op.getDim()))
      sizes.push_back(getAsOpFoldResult(createDim(builder, op.getLoc(), op.getInput(), dim)));
  shapes.push_back(sizes);
  return success();
}

//===----------------------------------------------------------------------===//
// logsumexp
//===----------------------------------------------------------------------===//

LogicalResult LogsumexpOp::verify() { return verifyReduction(*this, getInput(), getMask(), getDim(), getResult()); }

void LogsumexpOp::getAsmResultNames(OpAsmSetValueNameFn setName) { setName(getResult(), "lse"); }

OpFoldResult LogsumexpOp::fold(FoldAdaptor) { return foldMask(*this, emptyReduction(getType())); }

LogicalResult LogsumexpOp::reifyResultShapes(OpBuilder &builder, ReifiedRankedShapedTypeDims &shapes) {
  return reifyReduction(*this, builder, shapes);
}

LogicalResult LogsumexpOp::linearise(OpBuilder &builder, Tangents &tangents) {
  Value tangent = tangents.of(getInput());
  ReductionBuilder reduction(builder, *this);
  // Where nothing is live the result is −∞; subtracting 0 there keeps exp(input − result) at 0.
  Value empty = reduction.equal(getResult(), reduction.constant(-std::numeric_limits<double>::infinity(), getResult()));
  Value shift = reduction.select(empty, reduction.constant(0, getResult()), getResult());
  Value difference = arith::SubFOp::create(builder, getLoc(), getInput(), reduction.broadcast(shift));
  Value weights = math::ExpOp::create(builder, getLoc(), difference);
  tangents.set(getResult(), reduction.sum({weights, tangent}));
  return success();
}

//===----------------------------------------------------------------------===//
// reduce_max
//===----------------------------------------------------------------------===//

LogicalResult ReduceMaxOp::verify() { return verifyReduction(*this, getInput(), getMask(), getDim(), getResult()); }

void ReduceMaxOp::getAsmResultNames(OpAsmSetValueNameFn setName) { setName(getResult(), "max"); }

OpFoldResult ReduceMaxOp::fold(FoldAdaptor) {
  if (getMask())
    return foldMask(*this, emptyReduction(getType()));
  // Of no elements the maximum is −∞, whatever they are; a size that isn't known may be 0.
  int64_t size = getInput().getType().getDimSize(getDim());
  Attribute element = ShapedType::isDynamic(size) || size == 0 ? Attribute() : getUniformConstant(getInput());
  return element ? foldToUniform(getType(), element) : OpFoldResult();
}

LogicalResult ReduceMaxOp::reifyResultShapes(OpBuilder &builder, ReifiedRankedShapedTypeDims &shapes) {
  return reifyReduction(*this, builder, shapes);
}

LogicalResult ReduceMaxOp::linearise(OpBuilder &builder, Tangents &tangents) {
  Value tangent = tangents.of(getInput());
  ReductionBuilder reduction(builder, *this);
  Value attains = reduction.equal(getInput(), reduction.broadcast(getResult()));
  // The count of many ties, and a sum of as many tangents, would overflow a small float.
  Value wide = reduction.extended(tangent);
  Value indicator = reduction.select(attains, reduction.constant(1, wide), reduction.constant(0, wide));
  Value number = reduction.sum(indicator);
  // A row without live elements has none that attains the maximum: its tangent is 0 / 1.
  Value count = arith::MaximumFOp::create(builder, getLoc(), number, reduction.constant(1, number));
  Value mean = arith::DivFOp::create(builder, getLoc(), reduction.sum({indicator, wide}), count);
  if (mean.getType() != getType())
    mean = arith::TruncFOp::create(builder, getLoc(), getType(), mean);
  tangents.set(getResult(), mean);
  return success();
}

} // namespace theria
