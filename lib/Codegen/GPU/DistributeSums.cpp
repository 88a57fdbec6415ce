//===- DistributeSums.cpp - reductions of tiles among threads -------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every thread combines what it holds in pairs, then lanes exchange theirs, then warps, always in the same order: all
// threads get the same bits.
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Lanes.h"
#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/GPU/TileDistributor.h"

using namespace mlir;
using vector::CombiningKind;

namespace theria::gpu {

Value TileDistributor::combine(CombiningKind kind, Value a, Value b) {
  if (kind == CombiningKind::MAXIMUMF)
    return arith::MaximumFOp::create(builder, loc, a, b);
  if (kind == CombiningKind::MINSI)
    return arith::MinSIOp::create(builder, loc, a, b);
  return isa<FloatType>(a.getType()) ? Value(arith::AddFOp::create(builder, loc, a, b))
                                     : arith::AddIOp::create(builder, loc, a, b);
}

Value TileDistributor::combineAll(CombiningKind kind, SmallVector<Value> values) {
  while (values.size() > 1) {
    SmallVector<Value> next;
    for (size_t position = 0; position + 1 < values.size(); position += 2)
      next.push_back(combine(kind, values[position], values[position + 1]));
    if (values.size() % 2)
      next.push_back(values.back());
    values = std::move(next);
  }
  return values.front();
}

/// What `lanes` lanes, whose numbers differ in multiples of `first`, hold.
Value TileDistributor::combineLanes(CombiningKind kind, Value value, int64_t first, int64_t lanes) {
  for (int64_t distance = first; distance < first * lanes; distance *= 2)
    value = combine(kind, value, exchange(builder, loc, value, distance));
  return value;
}

/// What several parts of a block hold for the same places of `size`, by shared memory: those threads of each write that
/// `writes` says.
SmallVector<Value> TileDistributor::combineParts(CombiningKind kind, ArrayRef<Value> values, ArrayRef<Value> places,
                                                 int64_t size, Value part, int64_t parts, Value writes) {
  Shared memory = allocate(VectorType::get({parts, size}, values.front().getType()), /*inPanels=*/false, nullptr);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(scf::IfOp::create(builder, loc, writes, /*withElseRegion=*/false).thenBlock());
    for (auto [place, value] : llvm::zip(places, values))
      storeShared(memory, part, place, value);
  }
  barrier();
  SmallVector<Value> all;
  for (Value place : places) {
    SmallVector<Value> found;
    for (int64_t other = 0; other < parts; ++other)
      found.push_back(loadShared(memory, index(other), place));
    all.push_back(combineAll(kind, found));
  }
  return all;
}

/// What all warps that divide a dimension hold for each line across it: of `size` columns where the rows are combined,
/// else of `size` rows. The lanes of a line all have its values.
SmallVector<Value> TileDistributor::combineWarps(CombiningKind kind, ArrayRef<Value> values, int64_t size,
                                                 bool alongRows, int64_t warps) {
  if (warps == 1)
    return SmallVector<Value>(values);
  Value writes = alongRows ? isOneOf(warps, frame.warpColsOf(size), true, size == 1)
                           : isOneOf(frame.warpRowsOf(size), warps, size == 1, true);
  return combineParts(kind, values, alongRows ? colsOf(size) : rowsOf(size), size, alongRows ? warpRow : warpCol, warps,
                      writes);
}

/// What all threads hold of the rows of a tile, or with `alongRows` of its columns, of which each has combined its own.
SmallVector<Value> TileDistributor::combineThreads(CombiningKind kind, SmallVector<Value> values, VectorType tile,
                                                   bool alongRows) {
  const int64_t size = tile.getDimSize(alongRows ? 0 : 1);
  if (size == 1)
    return values;
  for (Value &value : values)
    value = alongRows ? combineLanes(kind, value, frame.colLanes, frame.rowLanes)
                      : combineLanes(kind, value, 1, frame.colLanes);
  return combineWarps(kind, values, tile.getDimSize(alongRows ? 1 : 0), alongRows,
                      alongRows ? frame.warpRowsOf(size) : frame.warpColsOf(size));
}

/// What all threads of a block have.
Value TileDistributor::combineBlock(CombiningKind kind, Value value) {
  value = combineLanes(kind, value, 1, Frame::lanes);
  if (frame.warps() == 1)
    return value;
  Value warp = arith::DivUIOp::create(builder, loc, thread, index(Frame::lanes));
  Value isFirst = isOneOf(frame.warpRows, frame.warpCols, /*firstRow=*/true, /*firstCol=*/true);
  return combineParts(kind, value, index(0), 1, warp, frame.warps(), isFirst).front();
}

/// A part of a tile that is computed of one in shared memory, element by element: as threads load it at once, 16 bytes
/// each, wherever that lies; null of other tiles. All threads together have every element, some perhaps twice.
Value TileDistributor::anyPart(Value tile) {
  Operation *op = tile.getDefiningOp();
  if (op && op->getNumOperands() == 1 && OpTrait::hasElementwiseMappableTraits(op)) {
    Value part = anyPart(op->getOperand(0));
    if (!part)
      return {};
    auto type = cast<VectorType>(part.getType()).clone(getElementTypeOrSelf(tile.getType()));
    return builder.create(OperationState(loc, op->getName(), part, type, op->getAttrs()))->getResult(0);
  }
  if (!isReadShared(tile, frame))
    return {};
  const Shared from = shared(tile);
  const auto memory = cast<MemRefType>(from.memory.getType());
  const auto type = cast<VectorType>(tile.getType());
  const int64_t atOnce = bytesAtOnce / bytesOf(type.getElementType());
  const int64_t cols = from.panelRows ? memory.getDimSize(1) : type.getDimSize(from.isTransposed ? 0 : 1);
  const int64_t pieces = type.getNumElements() / atOnce;
  if (memory.getElementType() != type.getElementType() || cols % atOnce != 0)
    return {};
  SmallVector<Value> elements;
  for (int64_t first = 0; first < pieces; first += frame.threads()) {
    Value piece = add(thread, first);
    if (first + frame.threads() > pieces)
      piece = arith::RemUIOp::create(builder, loc, piece, index(pieces));
    Value row = arith::DivUIOp::create(builder, loc, piece, index(cols / atOnce));
    Value col = arith::RemUIOp::create(builder, loc, piece, index(cols / atOnce));
    col = arith::MulIOp::create(builder, loc, col, index(atOnce));
    Value loaded = vector::LoadOp::create(builder, loc, VectorType::get({atOnce}, type.getElementType()), from.memory,
                                          ValueRange{row, col}, /*nontemporal=*/false, llvm::MaybeAlign(bytesAtOnce));
    for (int64_t element = 0; element < atOnce; ++element)
      elements.push_back(vector::ExtractOp::create(builder, loc, loaded, element));
  }
  return assemble(VectorType::get({int64_t(elements.size()) / atOnce, atOnce}, type.getElementType()), elements);
}

/// The largest element of a tile in shared memory, for which it doesn't matter which thread has what; null elsewhere.
Value TileDistributor::largestOf(vector::MultiDimReductionOp op) {
  Value part = anyPart(op.getSource());
  if (!part)
    return {};
  SmallVector<Value> elements;
  auto shape = cast<VectorType>(part.getType()).getShape();
  for (int64_t row = 0; row < shape[0]; ++row)
    for (int64_t col = 0; col < shape[1]; ++col)
      elements.push_back(element(part, row, col));
  return combineBlock(op.getKind(), combineAll(op.getKind(), std::move(elements)));
}

LogicalResult TileDistributor::distribute(vector::MultiDimReductionOp op) {
  CombiningKind kind = op.getKind();
  if (kind == CombiningKind::MAXIMUMF && !isa<VectorType>(op.getType()))
    if (Value largest = largestOf(op)) {
      op.replaceAllUsesWith(combine(kind, largest, op.getAcc()));
      return success();
    }
  Value held = piece(op.getSource());
  auto type = cast<VectorType>(op.getSource().getType());
  if (!held || type.getRank() != 2 ||
      (kind != CombiningKind::ADD && kind != CombiningKind::MAXIMUMF && kind != CombiningKind::MINSI))
    return refuse(op);
  auto shape = cast<VectorType>(held.getType()).getShape();
  const bool alongRows = op.isReducedDim(0), alongCols = op.isReducedDim(1), isOwn = op->hasAttr(kOwnPart);
  SmallVector<SmallVector<Value>> lines;
  for (int64_t row = 0; row < shape[0]; ++row) {
    lines.emplace_back();
    for (int64_t col = 0; col < shape[1]; ++col)
      lines.back().push_back(element(held, row, col));
  }
  SmallVector<Value> sums;
  if (alongCols) {
    for (ArrayRef<Value> line : lines)
      sums.push_back(combineAll(kind, SmallVector<Value>(line)));
    if (!isOwn)
      sums = combineThreads(kind, std::move(sums), type, /*alongRows=*/false);
    if (alongRows)
      sums = {combineAll(kind, sums)};
  } else {
    for (int64_t col = 0; col < shape[1]; ++col)
      sums.push_back(combineAll(kind, llvm::map_to_vector(lines, [&](auto &line) { return line[col]; })));
  }
  if (alongRows && !isOwn)
    sums = combineThreads(kind, std::move(sums),
                          alongCols ? VectorType::get({type.getDimSize(0), 1}, type.getElementType()) : type,
                          /*alongRows=*/true);
  // What it starts with is the identity, as tiles are made; anything else is combined at last.
  Value start = op.getAcc();
  if (!isa<VectorType>(op.getType())) {
    op.replaceAllUsesWith(combine(kind, sums.front(), start));
    return success();
  }
  alongColumns[op.getResult()] = alongRows;
  auto constant = start.getDefiningOp<arith::ConstantOp>();
  if (!constant)
    return refuse(op);
  VectorType wanted = pieceType(cast<VectorType>(op.getType()), alongRows);
  give(op.getResult(), assemble(wanted, sums));
  return success();
}

} // namespace theria::gpu
