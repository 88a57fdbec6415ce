//===- SharedMemory.cpp - tiles that the threads of a block share ---------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/GPU/TileDistributor.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

using namespace mlir;

namespace theria::gpu {

/// Rows of shared memory are this much longer than those of a tile, so that threads that read one column of several
/// rows meet different banks.
static constexpr int64_t paddingBytes = 16;

/// What wgmma reads lies in panels instead, one after the other, of all rows and as many columns as 128, 64 or 32 bytes
/// have. In 8 rows of a panel, which begin at a multiple of their bytes, the bits of an address from the 5th on that
/// tell pieces of 16 bytes apart are combined with those from the 8th on, by exclusive or (PTX ISA, Shared Memory
/// Matrix Layout).
static constexpr int64_t panelAlignment = 1024;

/// Booleans are bytes in memory.
static Type storedType(Type element) {
  return element.isInteger(1) ? IntegerType::get(element.getContext(), 8) : element;
}

void TileDistributor::release(Operation *op) {
  for (const Part &part : parts)
    if (part.until == op)
      read.push_back(part);
  llvm::erase_if(parts, [&](const Part &part) { return part.until == op; });
  for (Value tile : sharedUntil.lookup(op))
    sharedTiles.erase(tile);
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

/// The columns of a panel of two bytes each.
static int64_t panelWidth(VectorType tile) { return std::gcd(tile.getDimSize(1), 64); }

static int64_t strideOf(VectorType tile) {
  const int64_t width = bytesOf(storedType(tile.getElementType()));
  return tile.getDimSize(1) + std::max<int64_t>(paddingBytes / width, 1);
}

int64_t TileDistributor::bytesInShared(VectorType tile, bool inPanels) {
  const int64_t width = bytesOf(storedType(tile.getElementType()));
  return inPanels ? llvm::alignTo(tile.getNumElements() * width, panelAlignment)
                  : llvm::alignTo(tile.getDimSize(0) * strideOf(tile) * width, 16);
}

int64_t TileDistributor::bytesInUse() const {
  int64_t bytes = 0;
  for (const Part &part : parts)
    bytes += part.bytes;
  return bytes;
}

/// The first gap that is large enough; while products go on, one that they don't read, where there is much memory.
int64_t TileDistributor::reserve(int64_t bytes, bool inPanels, Operation *until) {
  release(nullptr);
  auto gapIn = [&](std::vector<Part> used) {
    llvm::sort(used, [](const Part &a, const Part &b) { return a.offset < b.offset; });
    int64_t offset = 0;
    for (const Part &part : used)
      if (part.offset < offset + bytes)
        offset = std::max(offset, int64_t(llvm::alignTo(part.offset + part.bytes, inPanels ? panelAlignment : 16)));
    return offset;
  };
  int64_t offset = gapIn(parts);
  if (!products.empty()) {
    std::vector<Part> all = parts;
    llvm::append_range(all, read);
    if (int64_t other = gapIn(std::move(all)); other + bytes <= sharedBytes / (frame.isAlone() ? 1 : 2))
      offset = other;
  }
  parts.push_back({offset, bytes, until});
  mostBytes = std::max(mostBytes, offset + bytes);
  if (allMayBeRead || llvm::any_of(read, [&](const Part &part) {
        return part.offset < offset + bytes && offset < part.offset + part.bytes;
      })) {
    finishProducts(products.size());
    barrier();
  }
  return offset;
}

/// Shared memory from a byte on, as a tile.
TileDistributor::Shared TileDistributor::viewShared(VectorType tile, bool inPanels, Value offset) {
  const int64_t rows = tile.getDimSize(0);
  SmallVector<int64_t> shape{rows, strideOf(tile)};
  if (inPanels)
    shape = {tile.getNumElements() / panelWidth(tile), panelWidth(tile)};
  auto space = cast<MemRefType>(pool.getType()).getMemorySpace();
  auto type = MemRefType::get(shape, storedType(tile.getElementType()), AffineMap(), space);
  Value memory = memref::ViewOp::create(builder, loc, type, pool, offset, ValueRange());
  return {memory, tile.getElementType(), /*isTransposed=*/false, inPanels ? rows : 0};
}

TileDistributor::Shared TileDistributor::allocate(VectorType tile, bool inPanels, Operation *until) {
  return viewShared(tile, inPanels, index(reserve(bytesInShared(tile, inPanels), inPanels, until)));
}

/// Where in memory an element is of these rows and columns of memory.
SmallVector<Value> TileDistributor::placeIn(const Shared &tile, Value row, Value col) {
  if (!tile.panelRows)
    return {row, col};
  auto divide = [&](Value a, int64_t b) { return builder.createOrFold<arith::DivUIOp>(loc, a, index(b)); };
  auto remainder = [&](Value a, int64_t b) { return builder.createOrFold<arith::RemUIOp>(loc, a, index(b)); };
  auto times = [&](Value a, int64_t b) { return builder.createOrFold<arith::MulIOp>(loc, a, index(b)); };
  auto shape = cast<MemRefType>(tile.memory.getType()).getShape();
  constexpr int64_t piece = 8, widest = 64;
  const int64_t width = shape[1];
  Value mask = times(remainder(divide(row, widest / width), width / piece), piece);
  Value within = builder.createOrFold<arith::XOrIOp>(loc, remainder(col, width), mask);
  return {shape[0] == tile.panelRows ? row : add(row, times(divide(col, width), tile.panelRows)), within};
}

/// Lets the threads of a block, or wgmma too, read what each wrote or copied to shared memory.
void TileDistributor::show(bool toWgmma) {
  auto *context = builder.getContext();
  if (toWgmma)
    NVVM::FenceProxyOp::create(builder, loc, NVVM::ProxyKindAttr::get(context, NVVM::ProxyKind::async_shared),
                               NVVM::SharedSpaceAttr::get(context, NVVM::SharedSpace::shared_cta));
  barrier();
}

/// Fills shared memory for a tile.
TileDistributor::Shared TileDistributor::share(Value tile, Operation *until,
                                               llvm::function_ref<void(const Shared &)> fill) {
  Shared filled = allocate(cast<VectorType>(tile.getType()), isReadByWgmma(tile, frame), until);
  fill(filled);
  show(/*toWgmma=*/filled.panelRows > 0);
  return filled;
}

void TileDistributor::storeShared(const Shared &tile, Value row, Value col, Value element) {
  Type stored = cast<MemRefType>(tile.memory.getType()).getElementType();
  if (element.getType() != stored)
    element = arith::ExtUIOp::create(builder, loc, stored, element);
  memref::StoreOp::create(builder, loc, element, tile.memory, placeIn(tile, row, col));
}

Value TileDistributor::loadShared(const Shared &tile, Value row, Value col) {
  if (tile.isTransposed)
    std::swap(row, col);
  return asElement(memref::LoadOp::create(builder, loc, tile.memory, placeIn(tile, row, col)), tile.element);
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

void TileDistributor::storePiece(const Shared &to, Value piece, VectorType type) {
  OpBuilder::InsertionGuard guard(builder);
  if (Value writes = isWriter(type.getDimSize(0), type.getDimSize(1)))
    builder.setInsertionPointToStart(scf::IfOp::create(builder, loc, writes, /*withElseRegion=*/false).thenBlock());
  if (to.panelRows)
    return storeFragments(to, piece, type);
  SmallVector<Value> rows = rowsOf(type.getDimSize(0)), cols = colsOf(type.getDimSize(1));
  for (auto [row, place] : llvm::enumerate(rows))
    for (auto [col, other] : llvm::enumerate(cols))
      storeShared(to, place, other, element(piece, row, col));
}

TileDistributor::Shared TileDistributor::sharePiece(Value tile, Value piece, Operation *until) {
  return share(tile, until, [&](const Shared &memory) { storePiece(memory, piece, cast<VectorType>(tile.getType())); });
}

/// Puts what threads hold of an operand of wgmma into shared memory, and of those of the products that follow: threads
/// meet once. Once is enough, too, for what products read that go on while others begin.
void TileDistributor::shareForProducts(Value tile, Value piece) {
  llvm::SmallMapVector<Value, Value, 4> held;
  int64_t bytes = bytesInUse();
  auto add = [&](Value one, Value itsPiece) {
    bytes += bytesInShared(cast<VectorType>(one.getType()), /*inPanels=*/true);
    if (held.empty() || bytes <= sharedBytes)
      held.insert({one, itsPiece});
  };
  add(tile, piece);
  for (Operation *op = current; isa_and_nonnull<vector::ContractionOp>(op); op = op->getNextNode())
    for (Value operand : op->getOperands().take_front(2))
      if (Value other = viewedTile(operand); !held.contains(other) && !sharedTiles.contains(other) &&
                                             pieces.contains(other) && isReadByWgmma(other, frame))
        add(other, pieces.lookup(other));
  SmallVector<Shared> filled;
  for (auto [one, ignored] : held) {
    Operation *until = lastReader(one);
    filled.push_back(allocate(cast<VectorType>(one.getType()), /*inPanels=*/true, until));
    sharedTiles[one] = filled.back();
    sharedUntil[until].push_back(one);
  }
  for (auto [memory, one] : llvm::zip(filled, held))
    storePiece(memory, one.second, cast<VectorType>(one.first.getType()));
  show(/*toWgmma=*/true);
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
    source.isTransposed = !source.isTransposed;
    return source;
  }
  if (auto wider = tile.getDefiningOp<arith::ExtFOp>(); wider && isShared(wider.getIn(), frame)) {
    Shared source = shared(wider.getIn());
    source.element = cast<VectorType>(wider.getType()).getElementType();
    return source;
  }
  auto known = sharedTiles.find(tile);
  if (known != sharedTiles.end()) {
    arrive(tile);
    return known->second;
  }
  Value held = piece(tile);
  if (!held)
    return {};
  if (!isReadByWgmma(tile, frame))
    return sharePiece(tile, held, current);
  shareForProducts(tile, held);
  return sharedTiles.lookup(tile);
}

} // namespace theria::gpu
