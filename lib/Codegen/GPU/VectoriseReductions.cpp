//===- VectoriseReductions.cpp - reductions of tiles as vectors -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Frame.h"
#include "lib/Codegen/GPU/SweepVectoriser.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace theria::gpu {

SweepVectoriser::Line SweepVectoriser::lineOf(Operation *op, Value input, int64_t dim) {
  auto type = cast<VectorType>(vector(input).getType());
  auto tile = cast<RankedTensorType>(input.getType());
  // Of a tile of one dimension, wherever that lies.
  bool alongRows = tile.getRank() == 2 ? dim == 0 : type.getDimSize(0) != 1;
  return {vector(input), alongRows, tile.getDimSize(dim)};
}

/// What a reduction sees of its input: what it doesn't is `otherwise`.
Value SweepVectoriser::liveOf(Operation *op, const Line &line, Value mask, double otherwise) {
  VectorBuilder vectors = this->vectors(op->getLoc());
  auto type = cast<VectorType>(line.input.getType());
  Value dead = vectors.splat(type, otherwise), input = line.input;
  if (mask)
    input = vectors.select(vector(mask), input, dead);
  const unsigned dim = line.alongRows ? 0 : 1;
  if (line.size == type.getDimSize(dim))
    return input;
  return vectors.select(vectors.isBelow(type.getDimSize(dim), dim, line.size), input, dead);
}

LogicalResult SweepVectoriser::convert(ReduceMaxOp op) {
  const Line line = lineOf(op, op.getInput(), op.getDim());
  Value input = liveOf(op, line, op.getMask(), -std::numeric_limits<double>::infinity());
  made[op] = vectors(op.getLoc()).reduce(vector::CombiningKind::MAXIMUMF, input, line.alongRows, !line.alongRows);
  return success();
}

/// m + log Σ exp(x − m), with m the maximum, 0 where that is infinite; of a maximum that is infinite, itself.
LogicalResult SweepVectoriser::convert(LogsumexpOp op) {
  OpBuilder::InsertionGuard guard(builder);
  Location loc = op.getLoc();
  VectorBuilder vectors = this->vectors(loc);
  const Line line = lineOf(op, op.getInput(), op.getDim());
  const double infinity = std::numeric_limits<double>::infinity();
  Value input = liveOf(op, line, op.getMask(), -infinity);
  Value max = vectors.reduce(vector::CombiningKind::MAXIMUMF, input, line.alongRows, !line.alongRows);
  auto type = cast<VectorType>(max.getType());
  Value isFinite = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLT,
                                         math::AbsFOp::create(builder, loc, max), vectors.splat(type, infinity));
  Value shift = vectors.select(isFinite, max, vectors.splat(type, 0));
  Value shifted =
      arith::SubFOp::create(builder, loc, input, vectors.stretch(shift, cast<VectorType>(input.getType()).getShape()));
  Value sum = vectors.reduce(vector::CombiningKind::ADD, math::ExpOp::create(builder, loc, shifted), line.alongRows,
                             !line.alongRows);
  Value log = arith::AddFOp::create(builder, loc, shift, math::LogOp::create(builder, loc, sum));
  made[op] = vectors.select(isFinite, log, max);
  return success();
}

/// Ends the run where a live index is not inside its dimension of the table. Every thread checks what it holds.
void SweepVectoriser::requireInside(GatherOp op, Value index, Value inside, Value live, unsigned dim) {
  Location loc = op.getLoc();
  VectorBuilder vectors = this->vectors(loc);
  auto type = cast<VectorType>(index.getType()), truths = cast<VectorType>(inside.getType());
  Value good = inside;
  if (live)
    good =
        arith::OrIOp::create(builder, loc, inside, arith::XOrIOp::create(builder, loc, live, vectors.splat(truths, 1)));
  const int64_t largest = std::numeric_limits<int64_t>::max();
  Value wrong = vectors.select(good, vectors.constant(type, builder.getIndexAttr(largest)), index);
  Value end = arith::ConstantIndexOp::create(builder, loc, largest);
  auto least = vector::MultiDimReductionOp::create(builder, loc, vector::CombiningKind::MINSI, wrong, end,
                                                   ArrayRef<int64_t>{0, 1});
  least->setAttr(kOwnPart, builder.getUnitAttr());
  Value holds = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, least.getResult(), end);
  Value size = tensor::DimOp::create(builder, loc, op.getTable(), dim);
  CheckOp::create(builder, loc, holds,
                  "expected an index of at least 0 and below {0} into dim " + std::to_string(dim) +
                      " of the table, but found {1}; keep indices inside",
                  ValueRange{size, least.getResult()});
}

/// A look-up in the table as one line, where every index is within its dimension.
LogicalResult SweepVectoriser::convert(GatherOp op) {
  Location loc = op.getLoc();
  VectorBuilder vectors = this->vectors(loc);
  VectorType type = shapes.vectorOf(op), places = type.clone(builder.getIndexType());
  Value table = op.getTable(), place, live = op.getMask() ? vector(op.getMask()) : Value();
  for (auto [dim, tile] : llvm::enumerate(op.getIndices())) {
    Value index = vector(tile);
    if (index.getType() != places)
      index = arith::IndexCastOp::create(builder, loc, places, index);
    Value size = vectors.spread(places, tensor::DimOp::create(builder, loc, table, dim));
    Value inside = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult, index, size);
    requireInside(op, index, inside, live, dim);
    live = live ? Value(arith::AndIOp::create(builder, loc, live, inside)) : inside;
    if (place)
      index = arith::AddIOp::create(builder, loc, arith::MulIOp::create(builder, loc, place, size), index);
    place = index;
  }
  if (op.getIndices().size() > 1) {
    ReassociationIndices all;
    for (size_t dim = 0; dim < op.getIndices().size(); ++dim)
      all.push_back(dim);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(sweep);
    table = tensor::CollapseShapeOp::create(builder, loc, table, SmallVector<ReassociationIndices>{all});
  }
  if (!place || !live || shapes.isTile(op.getTable()))
    return refuse(op);
  Value origin = arith::ConstantIndexOp::create(builder, loc, 0);
  made[op] =
      vector::GatherOp::create(builder, loc, type, table, ValueRange{origin}, place, live, vectors.splat(type, 0));
  return success();
}

LogicalResult SweepVectoriser::convert(CoordOp op) {
  VectorBuilder vectors = this->vectors(op.getLoc());
  VectorType type = shapes.vectorOf(op), wide = VectorType::get(type.getShape(), builder.getIndexType());
  unsigned dim = op.getDim();
  if (op.getType().getRank() == 1)
    dim = type.getDimSize(0) == 1;
  Value position = vectors.stretch(vectors.coordinates(type.getDimSize(dim), dim), type.getShape());
  if (op.getOffset())
    position = arith::AddIOp::create(builder, op.getLoc(), position, vectors.spread(wide, op.getOffset()));
  made[op] = type == wide ? position : arith::IndexCastOp::create(builder, op.getLoc(), type, position).getResult();
  return success();
}

} // namespace theria::gpu
