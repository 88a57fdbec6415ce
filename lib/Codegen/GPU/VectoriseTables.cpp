//===- VectoriseTables.cpp - look-ups of tiles, and their transpose -------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Frame.h"
#include "lib/Codegen/GPU/SweepVectoriser.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace theria::gpu {

/// Ends the run where a live index is not inside its dimension of the table. Every thread checks what it holds.
void SweepVectoriser::requireInside(Location loc, Value size, Value index, Value inside, Value live, unsigned dim) {
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
  CheckOp::create(builder, loc, holds,
                  "expected an index of at least 0 and below {0} into dim " + std::to_string(dim) +
                      " of the table, but found {1}; keep indices inside",
                  ValueRange{size, least.getResult()});
}

/// The place of each element in a table as one line; `live` says then too that every index is within its dimension.
Value SweepVectoriser::placeIn(Location loc, ArrayRef<Value> sizes, ValueRange indices, VectorType type, Value &live) {
  VectorBuilder vectors = this->vectors(loc);
  VectorType places = type.clone(builder.getIndexType());
  Value place;
  for (auto [dim, tile] : llvm::enumerate(indices)) {
    Value index = vector(tile, places);
    if (index.getType() != places)
      index = arith::IndexCastOp::create(builder, loc, places, index);
    Value size = vectors.spread(places, sizes[dim]);
    Value inside = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult, index, size);
    requireInside(loc, sizes[dim], index, inside, live, dim);
    live = live ? Value(arith::AndIOp::create(builder, loc, live, inside)) : inside;
    if (place)
      index = arith::AddIOp::create(builder, loc, arith::MulIOp::create(builder, loc, place, size), index);
    place = index;
  }
  return place;
}

LogicalResult SweepVectoriser::convert(GatherOp op) {
  Location loc = op.getLoc();
  VectorType type = shapes.vectorOf(op);
  Value table = op.getTable(), live = op.getMask() ? vector(op.getMask()) : Value();
  SmallVector<Value> sizes;
  for (size_t dim = 0; dim < op.getIndices().size(); ++dim)
    sizes.push_back(tensor::DimOp::create(builder, loc, table, dim));
  Value place = placeIn(loc, sizes, op.getIndices(), type, live);
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
      vector::GatherOp::create(builder, loc, type, table, ValueRange{origin}, place, live, vectors(loc).splat(type, 0));
  return success();
}

/// A line of a tile, with its other dimension along the rows.
Value SweepVectoriser::column(Location loc, Value tile, Value position) {
  Value lines = vectors(loc).transpose(tile);
  Value line = vector::ExtractOp::create(builder, loc, lines, ArrayRef<OpFoldResult>{position});
  auto type = cast<VectorType>(line.getType());
  return vector::ShapeCastOp::create(builder, loc, VectorType::get({type.getNumElements(), 1}, type.getElementType()),
                                     line);
}

/// Adds column by column what belongs to each place of a table of one dimension, then the rows. No two threads add to
/// one number, so that the order is fixed.
Value SweepVectoriser::scatter(Location loc, Value updates, Value place, VectorType result) {
  VectorBuilder vectors = this->vectors(loc);
  auto type = cast<VectorType>(updates.getType());
  auto sums = VectorType::get({type.getDimSize(0), result.getDimSize(1)}, type.getElementType());
  auto index = [&](int64_t number) { return arith::ConstantIndexOp::create(builder, loc, number); };
  auto loop = scf::ForOp::create(builder, loc, index(0), index(type.getDimSize(1)), index(1),
                                 ValueRange{vectors.splat(sums, 0)});
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  Value here = vectors.stretch(column(loc, place, loop.getInductionVar()), sums.getShape());
  Value own = vectors.stretch(vectors.coordinates(sums.getDimSize(1), 1), sums.getShape());
  Value belongs = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, here, own);
  Value added = vectors.select(belongs, vectors.stretch(column(loc, updates, loop.getInductionVar()), sums.getShape()),
                               vectors.splat(sums, 0));
  scf::YieldOp::create(builder, loc, ValueRange{arith::AddFOp::create(builder, loc, loop.getRegionIterArg(0), added)});
  builder.setInsertionPointAfter(loop);
  return vectors.reduce(vector::CombiningKind::ADD, loop.getResult(0), true, false);
}

/// Row by row of a table of two dimensions, so many of them.
Value SweepVectoriser::scatterRows(Location loc, Value updates, Value row, Value place, Value count,
                                   VectorType result) {
  VectorBuilder vectors = this->vectors(loc);
  auto type = cast<VectorType>(updates.getType()), places = cast<VectorType>(row.getType());
  auto loop = scf::ForOp::create(builder, loc, arith::ConstantIndexOp::create(builder, loc, 0), count,
                                 arith::ConstantIndexOp::create(builder, loc, 1), ValueRange{vectors.splat(result, 0)});
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  Value here = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, row,
                                     vectors.spread(places, loop.getInductionVar()));
  Value line = scatter(loc, vectors.select(here, updates, vectors.splat(type, 0)), place, result);
  Value rows = vectors.coordinates(result.getDimSize(0), 0);
  Value isRow = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, rows,
                                      vectors.spread(cast<VectorType>(rows.getType()), loop.getInductionVar()));
  Value next = vectors.select(isRow, vectors.stretch(line, result.getShape()), loop.getRegionIterArg(0));
  scf::YieldOp::create(builder, loc, ValueRange{next});
  return loop.getResult(0);
}

LogicalResult SweepVectoriser::convert(ScatterAddOp op) {
  Location loc = op.getLoc();
  VectorBuilder vectors = this->vectors(loc);
  RankedTensorType table = op.getType();
  Value updates = vector(op.getUpdates()), live = op.getMask() ? vector(op.getMask()) : Value();
  auto type = cast<VectorType>(updates.getType());
  if (table.getRank() < 1 || !isa<FloatType>(table.getElementType()) || type.getDimSize(1) == 1)
    return refuse(op);
  SmallVector<Value> sizes;
  for (int64_t size : table.getShape())
    sizes.push_back(arith::ConstantIndexOp::create(builder, loc, size));
  // Checks of all dimensions; where an element goes, of each by itself.
  (void)placeIn(loc, sizes, op.getIndices(), type, live);
  VectorType places = type.clone(builder.getIndexType()), result = shapes.vectorOf(op);
  auto along = [&](unsigned dim) {
    Value index = vector(op.getIndices()[dim], places);
    return index.getType() == places ? index : Value(arith::IndexCastOp::create(builder, loc, places, index));
  };
  updates = vectors.select(live, updates, vectors.splat(type, 0));
  const int64_t last = table.getRank() - 1;
  if (last == 0) {
    made[op] = scatter(loc, updates, along(0), result);
    return success();
  }
  // All dimensions but the last are the table's rows.
  Value row = along(0), count = sizes[0];
  for (int64_t dim = 1; dim < last; ++dim) {
    Value before = arith::MulIOp::create(builder, loc, row, vectors.spread(places, sizes[dim]));
    row = arith::AddIOp::create(builder, loc, before, along(dim));
    count = arith::MulIOp::create(builder, loc, count, sizes[dim]);
  }
  made[op] = scatterRows(loc, updates, row, along(last), count, result);
  return success();
}

} // namespace theria::gpu
