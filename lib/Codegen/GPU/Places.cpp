//===- Places.cpp - where a thread stands, and what it holds --------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Lanes.h"
#include "lib/Codegen/GPU/TileDistributor.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Analysis/TopologicalSortUtils.h"

using namespace mlir;

namespace theria::gpu {

/// Where a thread stands, from its number.
void TileDistributor::locate(Value number) {
  thread = number;
  auto divide = [&](Value a, int64_t b) -> Value { return arith::DivUIOp::create(builder, loc, a, index(b)); };
  auto remainder = [&](Value a, int64_t b) -> Value { return arith::RemUIOp::create(builder, loc, a, index(b)); };
  Value warp = divide(thread, Frame::lanes);
  warpRow = remainder(warp, frame.warpRows);
  warpCol = divide(warp, frame.warpRows);
  lane = remainder(thread, Frame::lanes);
  laneRow = divide(lane, frame.colLanes);
  laneCol = remainder(lane, frame.colLanes);
}

/// The same number, which is hidden from compilers: each lane's exchange with itself, of sums that are all different.
/// They would compute addresses of memory once for a kernel and keep them in registers through its loops, though they
/// are as cheap to compute as dear to keep.
Value TileDistributor::hide(Value number) {
  Type word = builder.getI32Type();
  Value apart = arith::ConstantIntOp::create(builder, loc, word, ++hidden);
  Value sum = arith::AddIOp::create(builder, loc, arith::IndexCastUIOp::create(builder, loc, word, number), apart);
  Value same = arith::SubIOp::create(builder, loc, exchange(builder, loc, sum, 0), apart);
  return arith::IndexCastUIOp::create(builder, loc, builder.getIndexType(), same);
}

/// Finds out again where the thread stands; that there are no more threads than these is not hidden.
void TileDistributor::relocate() {
  Value number = hide(launch.getThreadIds().x);
  if (llvm::isPowerOf2_64(frame.threads()))
    number = arith::RemUIOp::create(builder, loc, number, index(frame.threads()));
  locate(number);
}

/// Computes values again that follow from the number of the block.
void TileDistributor::recompute(MutableArrayRef<Value> values) {
  IRMapping mapping;
  mapping.map(launch.getBlockIds().x, hide(launch.getBlockIds().x));
  SetVector<Operation *> slice;
  BackwardSliceOptions options;
  options.inclusive = true;
  options.filter = [&](Operation *op) {
    return op->getBlock() == &launch.getBody().front() && isPure(op) &&
           llvm::none_of(op->getOperandTypes(), llvm::IsaPred<VectorType>);
  };
  for (Value value : values)
    if (Operation *op = value.getDefiningOp(); op && options.filter(op))
      (void)getBackwardSlice(op, &slice, options);
  for (Operation *op : topologicalSort(slice))
    builder.clone(*op, mapping);
  for (Value &value : values)
    value = mapping.lookupOrDefault(value);
}

/// The first row, or column, of this thread's warp.
Value TileDistributor::firstRowOfWarp(int64_t rows) {
  const int64_t warps = frame.warpRowsOf(rows);
  Value part = warps < frame.warpRows ? builder.createOrFold<arith::RemUIOp>(loc, warpRow, index(warps)) : warpRow;
  return builder.createOrFold<arith::MulIOp>(loc, part, index(rows / warps));
}

Value TileDistributor::firstColOfWarp(int64_t cols) {
  const int64_t warps = frame.warpColsOf(cols);
  Value part = warps < frame.warpCols ? builder.createOrFold<arith::RemUIOp>(loc, warpCol, index(warps)) : warpCol;
  return builder.createOrFold<arith::MulIOp>(loc, part, index(cols / warps));
}

SmallVector<Value> TileDistributor::rowsOf(int64_t rows) {
  if (rows == 1)
    return {index(0)};
  Value first = add(firstRowOfWarp(rows), arith::MulIOp::create(builder, loc, laneRow, index(frame.rowElements)));
  SmallVector<Value> places;
  for (int64_t row = 0; row < frame.rowsOfThread(rows); ++row)
    places.push_back(add(first, frame.rowOffset(row)));
  return places;
}

SmallVector<Value> TileDistributor::colsOf(int64_t cols) {
  if (cols == 1)
    return {index(0)};
  Value first = add(firstColOfWarp(cols), arith::MulIOp::create(builder, loc, laneCol, index(frame.colElements)));
  SmallVector<Value> places;
  for (int64_t col = 0; col < frame.colsOfThread(cols); ++col)
    places.push_back(add(first, frame.colOffset(col)));
  return places;
}

} // namespace theria::gpu
