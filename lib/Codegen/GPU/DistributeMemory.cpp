//===- DistributeMemory.cpp - tiles in memory -----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/GPU/TileDistributor.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;

namespace theria::gpu {

/// Threads read what others wrote.
LogicalResult TileDistributor::distribute(vector::TransposeOp op) {
  if (!isHeld(op, frame) && !op->use_empty())
    return success();
  auto type = op.getResultVectorType();
  Shared tile = shared(op);
  if (!tile.memory)
    return refuse(op);
  give(op, loadPiece(tile, type));
  return success();
}

//===----------------------------------------------------------------------===//
// Memory of the device
//===----------------------------------------------------------------------===//

/// An element of what is read: the padding beyond the end, without a branch where the kernel does not write there.
Value TileDistributor::readElement(vector::TransferReadOp op, Value row, Value col) {
  SmallVector<Value> places(op.getIndices());
  Value isInside;
  const bool branches = writtenArrays.contains(arrayOf(op.getBase()));
  for (auto [dim, result] : llvm::enumerate(op.getPermutationMap().getResults())) {
    auto which = dyn_cast<AffineDimExpr>(result);
    if (!which)
      continue;
    Value &place = places[which.getPosition()];
    place = add(place, dim ? col : row);
    if (op.isDimInBounds(dim))
      continue;
    Value size = memref::DimOp::create(builder, loc, op.getBase(), which.getPosition());
    Value inside = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, place, size);
    isInside = isInside ? Value(arith::AndIOp::create(builder, loc, isInside, inside)) : inside;
    // The last element is there, since a block without any isn't visited.
    if (!branches)
      place = arith::MinSIOp::create(builder, loc, place, arith::SubIOp::create(builder, loc, size, index(1)));
  }
  auto load = [&](OpBuilder &at) -> Value { return memref::LoadOp::create(at, loc, op.getBase(), places); };
  if (!isInside)
    return load(builder);
  if (!branches)
    return arith::SelectOp::create(builder, loc, isInside, load(builder), op.getPadding());
  return scf::IfOp::create(
             builder, loc, isInside, [&](OpBuilder &inner, Location) { scf::YieldOp::create(inner, loc, load(inner)); },
             [&](OpBuilder &inner, Location) { scf::YieldOp::create(inner, loc, op.getPadding()); })
      .getResult(0);
}

LogicalResult TileDistributor::distribute(vector::TransferReadOp op) {
  VectorType type = op.getVectorType();
  if (type.getRank() != 2 || op.getMask())
    return refuse(op);
  if (!isShared(op, frame)) {
    if (!isHeld(op, frame))
      return success();
    SmallVector<Value> elements;
    for (Value row : rowsOf(type.getDimSize(0)))
      for (Value col : colsOf(type.getDimSize(1)))
        elements.push_back(readElement(op, row, col));
    give(op, assemble(pieceType(type), elements));
    return success();
  }
  if (canCopyAsync(op)) {
    if (!sharedTiles.contains(op)) {
      Shared memory = allocate(type, isReadByWgmma(op, frame), lastReader(op));
      copyAsync(op, op.getBase(), op.getIndices(), memory);
      pending.push_back({op, endGroup()});
      sharedTiles[op] = memory;
    }
    return success();
  }
  // All threads together, each the next element of a row.
  sharedTiles[op] = share(op, lastReader(op), [&](const Shared &memory) {
    Value cols = index(type.getDimSize(1));
    auto loop = scf::ForOp::create(builder, loc, thread, index(type.getNumElements()), index(frame.threads()));
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    Value row = arith::DivUIOp::create(builder, loc, loop.getInductionVar(), cols);
    Value col = arith::RemUIOp::create(builder, loc, loop.getInductionVar(), cols);
    storeShared(memory, row, col, readElement(op, row, col));
  });
  return success();
}

/// Every thread looks its elements up; where it reads none, the first is as good as any.
LogicalResult TileDistributor::distribute(vector::GatherOp op) {
  Value places = piece(op.getIndices()), mask = piece(op.getMask()), otherwise = piece(op.getPassThru());
  if (!places || !mask || !otherwise || cast<MemRefType>(op.getBase().getType()).getRank() != 1)
    return refuse(op);
  VectorType type = pieceType(op.getVectorType());
  SmallVector<Value> elements;
  for (int64_t row = 0; row < type.getDimSize(0); ++row)
    for (int64_t col = 0; col < type.getDimSize(1); ++col) {
      Value reads = element(mask, row, col);
      Value place = arith::SelectOp::create(builder, loc, reads, element(places, row, col), index(0));
      Value number = memref::LoadOp::create(builder, loc, op.getBase(), place);
      elements.push_back(arith::SelectOp::create(builder, loc, reads, number, element(otherwise, row, col)));
    }
  give(op, assemble(type, elements));
  return success();
}

LogicalResult TileDistributor::distribute(vector::TransferWriteOp op) {
  VectorType type = op.getVectorType();
  Value held = piece(op.getValueToStore());
  if (!held || op.getMask() || !op.getPermutationMap().isMinorIdentity())
    return refuse(op);
  bool columns = type.getRank() == 2 || alongColumns.lookup_or(op.getValueToStore(), true);
  auto pieceShape = cast<VectorType>(held.getType()).getShape();
  int64_t rows = type.getRank() == 2 ? type.getDimSize(0) : columns ? 1 : type.getNumElements();
  int64_t cols = type.getRank() == 2 ? type.getDimSize(1) : columns ? type.getNumElements() : 1;
  std::array<llvm::SaveAndRestore<Value>, 6> here{{thread, lane, warpRow, warpCol, laneRow, laneCol}};
  SmallVector<Value> first(op.getIndices());
  first.push_back(op.getBase());
  if (isa<mlir::gpu::LaunchOp>(op->getParentOp())) {
    relocate();
    recompute(first);
  }
  Value array = first.pop_back_val();
  Value ownWrites = isWriter(rows, cols);
  // Of what is added up in place, several warps may read the same.
  const bool isInPlace = readArrays.contains(arrayOf(op.getBase()));
  if (isInPlace)
    barrier();
  SmallVector<Value> rowPlaces = rowsOf(rows), colPlaces = colsOf(cols);
  for (int64_t row = 0; row < pieceShape[0]; ++row)
    for (int64_t col = 0; col < pieceShape[1]; ++col) {
      SmallVector<Value> places = first;
      Value writes = ownWrites;
      unsigned leading = places.size() - type.getRank();
      for (int64_t dim = 0; dim < type.getRank(); ++dim) {
        Value &place = places[leading + dim];
        bool isCol = type.getRank() == 2 ? dim == 1 : columns;
        place = add(place, isCol ? colPlaces[col] : rowPlaces[row]);
        if (op.isDimInBounds(dim))
          continue;
        Value size = memref::DimOp::create(builder, loc, array, leading + dim);
        Value inside = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, place, size);
        writes = writes ? Value(arith::AndIOp::create(builder, loc, writes, inside)) : inside;
      }
      OpBuilder::InsertionGuard guard(builder);
      Value number = element(held, row, col);
      if (writes)
        builder.setInsertionPointToStart(scf::IfOp::create(builder, loc, writes, /*withElseRegion=*/false).thenBlock());
      memref::StoreOp::create(builder, loc, number, array, places);
    }
  if (isInPlace)
    barrier();
  return success();
}

/// A number that all threads have.
LogicalResult TileDistributor::distribute(memref::StoreOp op) {
  Value isFirst = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, thread, index(0));
  auto branch = scf::IfOp::create(builder, loc, isFirst, /*withElseRegion=*/false);
  op->moveBefore(branch.thenBlock()->getTerminator());
  return success();
}

} // namespace theria::gpu
