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

/// The same number of 32 bits, which is hidden from compilers: each lane's exchange with itself, of sums that are all
/// different. They would compute addresses of memory once for a kernel and keep them in registers through its loops,
/// though they are as cheap to compute as dear to keep.
Value TileDistributor::hide(Value number) {
  Value apart = arith::ConstantIntOp::create(builder, loc, number.getType(), ++hidden);
  Value sum = exchange(builder, loc, arith::AddIOp::create(builder, loc, number, apart), 0);
  return arith::SubIOp::create(builder, loc, sum, apart);
}

/// The same of an index.
Value TileDistributor::hideIndex(Value number) {
  Value word = hide(arith::IndexCastUIOp::create(builder, loc, builder.getI32Type(), number));
  return arith::IndexCastUIOp::create(builder, loc, builder.getIndexType(), word);
}

/// Finds out again where the thread stands; that there are no more threads than these is not hidden.
void TileDistributor::relocate() {
  Value number = hideIndex(launch.getThreadIds().x);
  if (llvm::isPowerOf2_64(frame.threads()))
    number = arith::RemUIOp::create(builder, loc, number, index(frame.threads()));
  locate(number);
}

/// Computes values again that follow from the number of the block.
void TileDistributor::recompute(MutableArrayRef<Value> values) {
  Value block = launch.getBlockIds().x;
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
  if (llvm::none_of(slice, [&](Operation *op) { return llvm::is_contained(op->getOperands(), block); }))
    return;
  IRMapping mapping;
  mapping.map(block, hideIndex(block));
  for (Operation *op : topologicalSort(slice))
    builder.clone(*op, mapping);
  for (Value &value : values)
    value = mapping.lookupOrDefault(value);
}

/// The first row, or column, of this thread's warp: `warp` of `all` along them, which `warps` parts of the tile share.
Value TileDistributor::firstOfWarp(Value warp, int64_t all, int64_t warps, int64_t size) {
  Value part = warps < all ? builder.createOrFold<arith::RemUIOp>(loc, warp, index(warps)) : warp;
  return builder.createOrFold<arith::MulIOp>(loc, part, index(size / warps));
}

Value TileDistributor::firstRowOfWarp(int64_t rows) {
  return firstOfWarp(warpRow, frame.warpRows, frame.warpRowsOf(rows), rows);
}

Value TileDistributor::firstColOfWarp(int64_t cols) {
  return firstOfWarp(warpCol, frame.warpCols, frame.warpColsOf(cols), cols);
}

/// So many places from a lane's first on.
SmallVector<Value> TileDistributor::placesOf(Value firstOfWarp, Value lane, int64_t elements, int64_t count,
                                             llvm::function_ref<int64_t(int64_t)> offset) {
  Value first = add(firstOfWarp, arith::MulIOp::create(builder, loc, lane, index(elements)));
  SmallVector<Value> places;
  for (int64_t place = 0; place < count; ++place)
    places.push_back(add(first, offset(place)));
  return places;
}

SmallVector<Value> TileDistributor::rowsOf(int64_t rows) {
  if (rows == 1)
    return {index(0)};
  return placesOf(firstRowOfWarp(rows), laneRow, frame.rowElements, frame.rowsOfThread(rows),
                  [&](int64_t row) { return frame.rowOffset(row); });
}

SmallVector<Value> TileDistributor::colsOf(int64_t cols) {
  if (cols == 1)
    return {index(0)};
  return placesOf(firstColOfWarp(cols), laneCol, frame.colElements, frame.colsOfThread(cols),
                  [&](int64_t col) { return frame.colOffset(col); });
}

} // namespace theria::gpu
