//===- Prefetch.cpp - a loop's next tiles on their way --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Of tiles that an iteration of a loop reads where its counter says, those of the next one are copied meanwhile: shared
// memory holds two of each. One barrier at the start of an iteration lets threads read what has arrived, and copy to
// where the last one read.
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/TileDistributor.h"

#include "mlir/Dialect/NVGPU/IR/NVGPUDialect.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

namespace theria::gpu {

/// Whether a value of a loop's body can be computed for another iteration.
static bool isOfCounter(Value value, scf::ForOp loop) {
  if (loop.isDefinedOutsideOfLoop(value) || value == loop.getInductionVar())
    return true;
  Operation *op = value.getDefiningOp();
  return op && op->getNumRegions() == 0 && isMemoryEffectFree(op) &&
         llvm::all_of(op->getOperands(), [&](Value operand) { return isOfCounter(operand, loop); });
}

/// The value for another iteration, whose counter the mapping knows.
static Value compute(OpBuilder &builder, Value value, scf::ForOp loop, IRMapping &mapping) {
  if (!mapping.contains(value) && !loop.isDefinedOutsideOfLoop(value)) {
    for (Value operand : value.getDefiningOp()->getOperands())
      compute(builder, operand, loop, mapping);
    builder.clone(*value.getDefiningOp(), mapping);
  }
  return mapping.lookupOrDefault(value);
}

/// What a loop needs of shared memory beside what is prefetched: for other tiles, if all were there at once, sums, and
/// gaps between panels.
int64_t TileDistributor::bytesBeside(ArrayRef<vector::TransferReadOp> prefetched, scf::ForOp loop) const {
  constexpr int64_t forSumsAndGaps = 8192;
  int64_t bytes = forSumsAndGaps;
  loop.getBody()->walk([&](Operation *op) {
    auto type = op->getNumResults() == 1 ? dyn_cast<VectorType>(op->getResult(0).getType()) : VectorType();
    if (type && type.getRank() == 2 && !isTileView(op) && !llvm::is_contained(prefetched, op) &&
        isShared(op->getResult(0), frame))
      bytes += bytesInShared(type, isReadByWgmma(op->getResult(0), frame));
  });
  return bytes;
}

/// The reads of a loop that can be prefetched, where tensor cores compute faster than memory answers.
SmallVector<vector::TransferReadOp> TileDistributor::prefetchable(scf::ForOp loop) {
  SmallVector<vector::TransferReadOp> reads;
  bool isFast = false;
  loop.getBody()->walk([&](vector::ContractionOp op) { isFast |= onTensorCores(op); });
  // Where masks cut tiles, a loop branches, needs registers for that, and is short.
  const bool branches = !loop.getBody()->getOps<scf::IfOp>().empty();
  if (!isFast || branches || getConstantIntValue(loop.getStep()) != 1)
    return reads;
  int64_t bytes = 0;
  for (auto read : loop.getBody()->getOps<vector::TransferReadOp>())
    if (isShared(read, frame) && read.getVectorType().getRank() == 2 && canCopyAsync(read) &&
        isOfCounter(read.getBase(), loop) &&
        llvm::all_of(read.getIndices(), [&](Value place) { return isOfCounter(place, loop); })) {
      bytes += 2 * bytesInShared(read.getVectorType(), isReadByWgmma(read, frame));
      reads.push_back(read);
    }
  const int64_t inUse = bytesInUse();
  // Other tiles need some too, and other blocks of threads where there are some.
  const bool fits = (bytes <= sharedBytes * 3 / 8 && bytes + inUse <= sharedBytes * 3 / 4) ||
                    (frame.isAlone() && bytes + inUse + bytesBeside(reads, loop) <= sharedBytes);
  return fits ? reads : SmallVector<vector::TransferReadOp>();
}

/// Copies the tiles of an iteration.
void TileDistributor::copyFor(scf::ForOp loop, Value counter, Value parity, ArrayRef<Prefetched> tiles) {
  IRMapping mapping;
  mapping.map(loop.getInductionVar(), counter);
  for (Prefetched tile : tiles) {
    SmallVector<Value> places;
    for (Value place : tile.read.getIndices())
      places.push_back(compute(builder, place, loop, mapping));
    copyAsync(tile.read, compute(builder, tile.read.getBase(), loop, mapping), places, bufferOf(tile, parity));
  }
}

/// Of the two places of a tile, the first or the second.
TileDistributor::Shared TileDistributor::bufferOf(Prefetched tile, Value parity) {
  VectorType type = tile.read.getVectorType();
  const bool inPanels = isReadByWgmma(tile.read, frame);
  Value bytes = index(bytesInShared(type, inPanels));
  return viewShared(type, inPanels, add(builder.createOrFold<arith::MulIOp>(loc, parity, bytes), tile.offset));
}

/// Before a loop: copies the tiles of its first iteration.
SmallVector<TileDistributor::Prefetched> TileDistributor::startPrefetch(scf::ForOp loop) {
  SmallVector<Prefetched> tiles;
  for (vector::TransferReadOp read : prefetchable(loop)) {
    const bool inPanels = isReadByWgmma(read, frame);
    tiles.push_back({read, reserve(2 * bytesInShared(read.getVectorType(), inPanels), inPanels, loop)});
  }
  if (tiles.empty())
    return tiles;
  Value isAny =
      arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, loop.getLowerBound(), loop.getUpperBound());
  auto branch = scf::IfOp::create(builder, loc, isAny, /*withElseRegion=*/false);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(branch.thenBlock());
    copyFor(loop, loop.getLowerBound(), index(0), tiles);
  }
  prefetchGroup = endGroup();
  return tiles;
}

/// At the start of an iteration: its tiles are there, and those of the next one are copied.
void TileDistributor::continuePrefetch(scf::ForOp loop, ArrayRef<Prefetched> tiles) {
  nvgpu::DeviceAsyncWaitOp::create(builder, loc, prefetchGroup, builder.getI32IntegerAttr(0));
  show(/*toWgmma=*/llvm::any_of(tiles, [&](Prefetched tile) { return isReadByWgmma(tile.read, frame); }));
  auto isOdd = [&](Value number) -> Value {
    return arith::RemUIOp::create(builder, loc, arith::SubIOp::create(builder, loc, number, loop.getLowerBound()),
                                  index(2));
  };
  Value next = add(loop.getInductionVar(), 1);
  Value isAny = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, next, loop.getUpperBound());
  auto branch = scf::IfOp::create(builder, loc, isAny, /*withElseRegion=*/false);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(branch.thenBlock());
    copyFor(loop, next, isOdd(next), tiles);
  }
  endGroup();
  Value parity = isOdd(loop.getInductionVar());
  for (Prefetched tile : tiles)
    sharedTiles[tile.read] = bufferOf(tile, parity);
}

} // namespace theria::gpu
