//===- VectoriseReductions.cpp - reductions of tiles as vectors -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

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
  const double least = -std::numeric_limits<double>::infinity();
  // The largest of a tile's lines is that of the tile, in one step, which leaves open how threads share it out.
  if (auto lines = op.getInput().getDefiningOp<ReduceMaxOp>(); lines && !lines.getMask() && !op.getMask()) {
    Line line = lineOf(lines, lines.getInput(), lines.getDim());
    line.input = liveOf(lines, line, Value(), least);
    line.alongRows = !line.alongRows;
    line.size = cast<RankedTensorType>(op.getInput().getType()).getDimSize(0);
    made[op] =
        vectors(op.getLoc()).reduce(vector::CombiningKind::MAXIMUMF, liveOf(op, line, Value(), least), true, true);
    return success();
  }
  const Line line = lineOf(op, op.getInput(), op.getDim());
  Value input = liveOf(op, line, op.getMask(), least);
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
