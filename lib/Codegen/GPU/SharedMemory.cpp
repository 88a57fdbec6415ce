//===- SharedMemory.cpp - tiles that the threads of a block share ---------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/GPU/TileDistributor.h"

using namespace mlir;

namespace theria::gpu {

/// Rows of shared memory are this much longer than those of a tile, so that threads that read one column of several
/// rows meet different banks.
static constexpr int64_t paddingBytes = 16;

/// Booleans are bytes in memory.
static Type storedType(Type element) {
  return element.isInteger(1) ? IntegerType::get(element.getContext(), 8) : element;
}

void TileDistributor::release(Operation *op) {
  for (const Part &part : parts)
    if (part.until == op)
      read.push_back(part);
  llvm::erase_if(parts, [&](const Part &part) { return part.until == op; });
}

/// The last operation of the current block that reads a tile, or what is only another view of it.
Operation *TileDistributor::lastReader(Value tile) const {
  Block &block = *builder.getInsertionBlock();
  Operation *last = nullptr;
  SmallVector<Operation *> readers(tile.getUsers());
  for (size_t next = 0; next < readers.size(); ++next) {
    if (isTileView(readers[next]))
      llvm::append_range(readers, readers[next]->getUsers());
    Operation *here = block.findAncestorOpInBlock(*readers[next]);
    if (here && (!last || last->isBeforeInBlock(here)))
      last = here;
  }
  return last;
}

static int64_t strideOf(VectorType tile) {
  const int64_t width = bytesOf(storedType(tile.getElementType()));
  return tile.getDimSize(1) + std::max<int64_t>(paddingBytes / width, 1);
}

int64_t TileDistributor::bytesInShared(VectorType tile) {
  return llvm::alignTo(tile.getDimSize(0) * strideOf(tile) * bytesOf(storedType(tile.getElementType())), 16);
}

/// The first gap that is large enough.
int64_t TileDistributor::reserve(int64_t bytes, Operation *until) {
  release(nullptr);
  int64_t offset = 0;
  auto place = parts.begin();
  for (; place != parts.end() && place->offset < offset + bytes; ++place)
    offset = place->offset + place->bytes;
  parts.insert(place, {offset, bytes, until});
  mostBytes = std::max(mostBytes, offset + bytes);
  if (allMayBeRead || llvm::any_of(read, [&](const Part &part) {
        return part.offset < offset + bytes && offset < part.offset + part.bytes;
      }))
    barrier();
  return offset;
}

/// Shared memory from a byte on, as a tile.
Value TileDistributor::viewShared(VectorType tile, Value offset) {
  auto space = cast<MemRefType>(pool.getType()).getMemorySpace();
  auto type =
      MemRefType::get({tile.getDimSize(0), strideOf(tile)}, storedType(tile.getElementType()), AffineMap(), space);
  return memref::ViewOp::create(builder, loc, type, pool, offset, ValueRange());
}

Value TileDistributor::allocate(VectorType tile, Operation *until) {
  return viewShared(tile, index(reserve(bytesInShared(tile), until)));
}

/// Fills shared memory for a tile.
TileDistributor::Shared TileDistributor::share(Value tile, Operation *until, llvm::function_ref<void(Value)> fill) {
  auto type = cast<VectorType>(tile.getType());
  Value memory = allocate(type, until);
  fill(memory);
  barrier();
  return {memory, type.getElementType()};
}

void TileDistributor::storeShared(Value memory, Value row, Value col, Value element) {
  Type stored = cast<MemRefType>(memory.getType()).getElementType();
  if (element.getType() != stored)
    element = arith::ExtUIOp::create(builder, loc, stored, element);
  memref::StoreOp::create(builder, loc, element, memory, ValueRange{row, col});
}

Value TileDistributor::loadShared(const Shared &tile, Value row, Value col) {
  if (tile.isTransposed)
    std::swap(row, col);
  return asElement(memref::LoadOp::create(builder, loc, tile.memory, ValueRange{row, col}), tile.element);
}

/// What is in shared memory, as the element of a tile.
Value TileDistributor::asElement(Value stored, Type element) {
  if (stored.getType() == element)
    return stored;
  return isa<FloatType>(element) ? Value(arith::ExtFOp::create(builder, loc, element, stored))
                                 : arith::TruncIOp::create(builder, loc, element, stored);
}

/// What a thread holds of a tile in shared memory.
Value TileDistributor::loadPiece(const Shared &tile, VectorType type) {
  SmallVector<Value> elements;
  for (Value row : rowsOf(type.getDimSize(0)))
    for (Value col : colsOf(type.getDimSize(1)))
      elements.push_back(loadShared(tile, row, col));
  return assemble(pieceType(type), elements);
}

Value TileDistributor::isOneOf(int64_t warpRows, int64_t warpCols, bool firstRow, bool firstCol) {
  Value all;
  auto add = [&](arith::CmpIPredicate predicate, Value number, int64_t limit) {
    Value holds = arith::CmpIOp::create(builder, loc, predicate, number, index(limit));
    all = all ? Value(arith::AndIOp::create(builder, loc, all, holds)) : holds;
  };
  if (warpRows < frame.warpRows)
    add(arith::CmpIPredicate::ult, warpRow, warpRows);
  if (warpCols < frame.warpCols)
    add(arith::CmpIPredicate::ult, warpCol, warpCols);
  if (firstRow)
    add(arith::CmpIPredicate::eq, laneRow, 0);
  if (firstCol)
    add(arith::CmpIPredicate::eq, laneCol, 0);
  return all;
}

Value TileDistributor::isWriter(int64_t rows, int64_t cols) {
  return isOneOf(frame.warpRowsOf(rows), frame.warpColsOf(cols), rows == 1, cols == 1);
}

TileDistributor::Shared TileDistributor::sharePiece(Value tile, Value piece, Operation *until) {
  auto type = cast<VectorType>(tile.getType());
  return share(tile, until, [&](Value memory) {
    OpBuilder::InsertionGuard guard(builder);
    if (Value writes = isWriter(type.getDimSize(0), type.getDimSize(1)))
      builder.setInsertionPointToStart(scf::IfOp::create(builder, loc, writes, /*withElseRegion=*/false).thenBlock());
    SmallVector<Value> rows = rowsOf(type.getDimSize(0)), cols = colsOf(type.getDimSize(1));
    for (auto [row, place] : llvm::enumerate(rows))
      for (auto [col, other] : llvm::enumerate(cols))
        storeShared(memory, place, other, element(piece, row, col));
  });
}

/// Puts the tiles from outside that a loop reads from shared memory there before it; returns them.
SmallVector<Value> TileDistributor::shareForLoop(scf::ForOp loop) {
  SmallVector<Value> tiles;
  loop.getBody()->walk([&](Operation *op) {
    for (Value tile : op->getOperands()) {
      tile = viewedTile(tile);
      bool isOutside = !loop.getRegion().isAncestor(tile.getParentRegion());
      if (!isOutside || sharedTiles.contains(tile) || !isa<VectorType>(tile.getType()) || !isShared(tile, frame))
        continue;
      if (Value held = piece(tile)) {
        sharedTiles[tile] = sharePiece(tile, held, loop);
        tiles.push_back(tile);
      }
    }
  });
  return tiles;
}

TileDistributor::Shared TileDistributor::shared(Value tile) {
  if (auto turned = tile.getDefiningOp<vector::TransposeOp>()) {
    Shared source = shared(turned.getVector());
    return {source.memory, source.element, !source.isTransposed};
  }
  if (auto wider = tile.getDefiningOp<arith::ExtFOp>(); wider && isShared(wider.getIn(), frame)) {
    Shared source = shared(wider.getIn());
    return {source.memory, cast<VectorType>(wider.getType()).getElementType(), source.isTransposed};
  }
  auto known = sharedTiles.find(tile);
  if (known != sharedTiles.end()) {
    arrive(tile);
    return known->second;
  }
  Value held = piece(tile);
  return held ? sharePiece(tile, held, current) : Shared();
}

} // namespace theria::gpu
