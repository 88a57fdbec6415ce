//===- Results.cpp - where a sweep gathers what it computes ---------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/SweepEmitter.h"

#include "lib/Streaming/Operands.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::streaming {

/// log(exp a + exp b), of the larger one where it is infinite.
static Value addLogarithms(OpBuilder &builder, Location loc, Value a, Value b) {
  Value max = arith::MaximumFOp::create(builder, loc, a, b);
  auto constant = [&](double number) { return createConstant(builder, loc, number, max.getType(), max); };
  Value size = math::AbsFOp::create(builder, loc, max);
  Value finite = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLT, size,
                                       constant(std::numeric_limits<double>::infinity()));
  Value shift = arith::SelectOp::create(builder, loc, finite, max, constant(0));
  auto shifted = [&](Value value) {
    return math::ExpOp::create(builder, loc, arith::SubFOp::create(builder, loc, value, shift));
  };
  Value log = math::LogOp::create(builder, loc, arith::AddFOp::create(builder, loc, shifted(a), shifted(b)));
  return arith::SelectOp::create(builder, loc, finite, arith::AddFOp::create(builder, loc, shift, log), max);
}

/// All of a dimension of features; a table has the size that its sums say.
Extent SweepEmitter::featuresOf(const Result &result, OpFoldResult size) {
  return isa<ScatterAddOp>(result.op) ? index.whole(size) : tiles.features(size);
}

/// The slice of an output at the position; `whole` takes all rows and columns.
SmallVector<Extent> SweepEmitter::outputExtents(const Result &result, Value output, bool whole) {
  SmallVector<Extent> extents;
  if (whole)
    for (Axis axis : result.apart)
      extents.push_back(Extent::at(tiles.at.index[axis]));
  int64_t dim = extents.size();
  for (Axis axis : result.layout) {
    bool isBlock = axis == stream.rows || axis == stream.cols;
    if (!whole && isParallel(axis) && !isBlock)
      continue; // The slice that a thread holds lacks it.
    OpFoldResult size = index.size(output, dim++);
    if (stream.isBatch(axis) && (!whole || isParallel(axis)))
      extents.push_back(Extent::at(tiles.at.index[axis]));
    else if (axis == stream.cols && !whole)
      extents.push_back(Extent::block(index.multiply(tiles.at.column, tiles.tileSize(axis)), tiles.at.valid[axis],
                                      tiles.tileSize(axis)));
    else if (isBlock && (!whole || isParallel(axis))) {
      // Of what is put in place, an owner of rows holds those that are there.
      bool inPlace = result.kind == Result::InPlace && isParallel(axis);
      extents.push_back(Extent::block(inPlace && !whole ? index.constant(0) : tiles.at.offset[axis],
                                      tiles.at.valid[axis],
                                      inPlace && whole ? tiles.at.valid[axis] : tiles.tileSize(axis)));
    } else
      extents.push_back(axis == kFeature ? featuresOf(result, size) : index.whole(size));
  }
  return extents;
}

/// Batch axes that threads don't share, the block, then what a tile gives.
SmallVector<Extent> SweepEmitter::accumulatorExtents(const Result &result, Value accumulator) {
  SmallVector<Extent> extents;
  for (Axis axis : result.layout)
    if (stream.isBatch(axis) && !isParallel(axis))
      extents.push_back(Extent::at(tiles.at.index[axis]));
  for (Axis axis : result.layout)
    if (axis == stream.rows || axis == stream.cols)
      extents.push_back(Extent::at(axis == stream.cols ? tiles.at.column : tiles.at.index[axis]));
  index.appendWhole(accumulator, extents);
  return extents;
}

SmallVector<OpFoldResult> SweepEmitter::tileSizes(const Result &result) {
  SmallVector<OpFoldResult> sizes;
  for (auto [axis, size] : llvm::zip(result.layout, resultSizes(builder, loc, sweep, blocking, result.op)))
    if (axis == kFeature)
      sizes.push_back(featuresOf(result, size).size);
    else if (!stream.isBatch(axis))
      sizes.push_back(tiles.tileSize(axis));
  return sizes;
}

Value SweepEmitter::identity(const Result &result, ArrayRef<OpFoldResult> sizes) {
  bool isSum = !isa<ReduceMaxOp, LogsumexpOp>(result.op);
  return splat(builder, loc, sizes, result.element(), isSum ? 0 : -std::numeric_limits<double>::infinity());
}

/// A tensor for each result: the slice of the output where each place is written once, else what sums are added to.
SweepEmitter::State SweepEmitter::initialState(ArrayRef<Value> outputs) {
  State state;
  for (auto [result, output] : llvm::zip(results, outputs)) {
    if (rowsParallel) {
      state.push_back(result.kind == Result::InPlace
                          ? extract(builder, loc, output, outputExtents(result, output, true))
                          : identity(result, tileSizes(result)));
      continue;
    }
    if (result.kind == Result::InPlace || result.kind == Result::Rows) {
      Value slice = extract(builder, loc, output, outputExtents(result, output, true));
      if (!result.complete) {
        SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(builder, loc, slice);
        slice = identity(result, sizes);
      }
      state.push_back(slice);
      continue;
    }
    SmallVector<OpFoldResult> sizes;
    for (Axis axis : result.layout)
      if (stream.isBatch(axis) && !isParallel(axis))
        sizes.push_back(blocking[axis].count);
    for (Axis axis : result.layout)
      if (axis == stream.rows || axis == stream.cols)
        sizes.push_back(axis == stream.cols ? columnBlocks() : blocking[axis].count);
    llvm::append_range(sizes, tileSizes(result));
    state.push_back(identity(result, sizes));
  }
  for (Type element : sweep.stripTypes)
    state.push_back(
        allocate(builder, loc, {columnBlocks(), tiles.tileSize(stream.rows), tiles.tileSize(stream.cols)}, element));
  for (auto [position, result] : llvm::enumerate(results)) {
    if (!chunkCount || !isShared(position))
      continue;
    chunkParts[position] = state.size();
    SmallVector<OpFoldResult> sizes{chunkCount};
    llvm::append_range(sizes, tileSizes(result));
    state.push_back(allocate(builder, loc, sizes, result.element()));
  }
  return state;
}

Value SweepEmitter::combine(const Result &result, Value old, Value tile) {
  if (old.getType() != tile.getType() && tiles.featureTile) {
    tiles.refuseFeatures(result.op);
    return old;
  }
  if (isa<ReduceMaxOp>(result.op))
    return arith::MaximumFOp::create(builder, loc, old, tile);
  if (isa<LogsumexpOp>(result.op))
    return addLogarithms(builder, loc, old, tile);
  return isa<FloatType>(result.element()) ? Value(arith::AddFOp::create(builder, loc, old, tile))
                                          : arith::AddIOp::create(builder, loc, old, tile);
}

/// Adds a tile to a result's tensor.
Value SweepEmitter::accumulate(const Result &result, Value tensor, Value tile) {
  SmallVector<Extent> extents =
      result.kind == Result::InPlace ? outputExtents(result, tensor, false) : accumulatorExtents(result, tensor);
  if (!result.complete)
    tile = combine(result, extract(builder, loc, tensor, extents), tile);
  return insert(builder, loc, tile, tensor, extents);
}

/// The sum of the parts that were put aside.
Value SweepEmitter::sumParts(const Result &result, Value parts) {
  Equation equation;
  std::string labels;
  for (int64_t dim = 0; dim < cast<RankedTensorType>(parts.getType()).getRank(); ++dim)
    labels += Equation::labelAt(dim);
  equation.result = labels.substr(result.apart.size());
  equation.inputs = {labels};
  return EinsumOp::create(builder, loc, cast<RankedTensorType>(result.value().getType()), equation, parts, Value(),
                          [](char) { return Value(); });
}

/// The output's slice with the blocks of an accumulator in place.
Value SweepEmitter::finish(const Result &result, Value accumulator, Value output) {
  SmallVector<Axis> axes;
  for (Axis axis : result.layout)
    if (axis != kFeature && !isParallel(axis))
      axes.push_back(axis);
  State state{output};
  return batches(axes, state,
                 [&](State inner) -> State {
                   Value tile = extract(builder, loc, accumulator, accumulatorExtents(result, accumulator));
                   return {insert(builder, loc, tile, inner.front(), outputExtents(result, inner.front(), false))};
                 })
      .front();
}

} // namespace theria::streaming
