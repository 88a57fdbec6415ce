//===- Frame.cpp - how many warps share the tiles of a kernel -------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Frame.h"

#include "lib/Codegen/GPU/ElementwiseRun.h"
#include "lib/Codegen/GPU/TileUses.h"

#include "mlir/Analysis/Liveness.h"

using namespace mlir;

namespace theria::gpu {

/// Of 255 registers, a thread needs some for addresses and for what lies between tiles, which takes more in f64: by
/// what ptxas says of many kernels.
static constexpr int64_t mostRegisters = 170, mostRegistersInF64 = 92;

/// Of kernels with wgmma, estimates are higher than what ptxas needs, by as many at least.
static constexpr int64_t excessWithWgmma = 56;

using Tiles = llvm::SmallSetVector<Value, 16>;

/// Adds the tile that threads hold for a value; of one that repeats a row or a column, that.
static void addHeld(Value value, const Frame &frame, Tiles &tiles) {
  if (auto spread = value.getDefiningOp<vector::BroadcastOp>(); spread && isa<VectorType>(spread.getSourceType()))
    value = spread.getSource();
  auto type = dyn_cast<VectorType>(value.getType());
  const bool isTile = type && type.getRank() == 2 && type.getElementType().isIntOrFloat();
  if (isTile && !value.getDefiningOp<arith::ConstantOp>() && isHeld(value, frame) && !isReadShared(value, frame))
    tiles.insert(value);
}

static int64_t bitsOf(Value tile, const Frame &frame) {
  VectorType piece = frame.pieceOf(cast<VectorType>(tile.getType()));
  return piece.getNumElements() * piece.getElementTypeBitWidth();
}

static bool isLine(Value tile) { return llvm::is_contained(cast<VectorType>(tile.getType()).getShape(), 1); }

/// The bits of what a step of a product reads: by fma, 16 bytes for each row and each column; on tensor cores, a
/// fragment of 4 registers for every 16 rows, and one for the columns, which wgmma leaves in shared memory.
static int64_t bitsOfOperands(vector::ContractionOp product, const Frame &frame) {
  if (isByWgmma(product, frame))
    return 0;
  auto type = cast<VectorType>(product.getResultType());
  const int64_t rows = frame.rowsOfThread(type.getDimSize(0)), cols = frame.colsOfThread(type.getDimSize(1));
  return onTensorCores(product) ? (rows / 2 + 1) * 4 * 32 : (rows + cols) * 16 * 8;
}

/// The bits that a run needs beside what is held after it: rows and columns that it reads, until its end; and the
/// operands that nothing else reads, of which an element is done with when one of each result is there.
static int64_t bitsWithin(const ElementwiseRun &run, const Frame &frame, const Tiles &after) {
  Tiles operands;
  int64_t lines = 0, done = 0;
  for (Operation *op : run.operations())
    for (Value operand : op->getOperands())
      if (!run.contains(operand.getDefiningOp()))
        addHeld(operand, frame, operands);
  for (Value operand : operands)
    if (!after.contains(operand))
      (isLine(operand) ? lines : done) += bitsOf(operand, frame);
  for (Value result : after)
    if (run.contains(result.getDefiningOp()))
      done -= bitsOf(result, frame);
  return lines + std::max<int64_t>(done, 0);
}

/// An estimate of the registers for tiles and operands where a thread holds most of a part of a kernel.
static int64_t registersOfTiles(Region &part, const Liveness &liveness, const Frame &frame) {
  int64_t most = 0;
  auto heldAt = [&](Operation *op) {
    Tiles tiles;
    for (Value value : liveness.getLiveness(op->getBlock())->currentlyLiveValues(op))
      addHeld(value, frame, tiles);
    return tiles;
  };
  auto see = [&](const Tiles &held, int64_t others) {
    int64_t bits = others;
    for (Value tile : held)
      bits += bitsOf(tile, frame);
    most = std::max<int64_t>(most, llvm::divideCeil(bits, 32));
  };
  part.walk([&](vector::ContractionOp op) { see(heldAt(op), bitsOfOperands(op, frame)); });
  part.walk([&](Block *block) {
    ElementwiseRun::forEach(*block, [&](const ElementwiseRun &run, Operation &end) {
      Tiles after = heldAt(&end);
      see(after, bitsWithin(run, frame, after));
    });
  });
  return most;
}

/// The rows of what a block of threads writes; where that is numbers only, of what it computes.
static int64_t rowsOf(mlir::gpu::LaunchOp launch) {
  int64_t written = 1, computed = 1;
  launch.getBody().walk([&](Operation *op) {
    if (auto write = dyn_cast<vector::TransferWriteOp>(op)) {
      if (write.getVectorType().getRank() > 0)
        written = std::max(written, write.getVectorType().getDimSize(0));
      return;
    }
    auto tile = op->getNumResults() == 1 ? dyn_cast<VectorType>(op->getResult(0).getType()) : VectorType();
    if (tile && tile.getRank() == 2 && OpTrait::hasElementwiseMappableTraits(op) && !isTileView(op))
      computed = std::max(computed, tile.getDimSize(0));
  });
  return written > 1 ? written : computed;
}

/// Whether a kernel computes in f64, of which a number takes two registers.
static bool isWide(mlir::gpu::LaunchOp launch) {
  return hasAny(launch, [](Operation *op) {
    return llvm::any_of(op->getResultTypes(),
                        [](Type type) { return isa<VectorType>(type) && getElementTypeOrSelf(type).isF64(); });
  });
}

/// The frames that a kernel may have, the dearest in reads of shared memory last.
static SmallVector<Frame> framesFor(mlir::gpu::LaunchOp launch, bool hasWgmma) {
  auto multiplies = [&](llvm::function_ref<bool(vector::ContractionOp)> is) {
    return hasAny(launch, [&](Operation *op) {
      auto product = dyn_cast<vector::ContractionOp>(op);
      return product && is(product);
    });
  };
  SmallVector<Frame> kinds;
  if (multiplies(onTensorCores))
    kinds = {Frame::ofMma()};
  else
    kinds = {Frame::ofFma(4, 2), Frame::ofFma(2, 2), Frame::ofFma(1, 1)};
  const int64_t rows = rowsOf(launch);
  SmallVector<Frame> frames;
  for (Frame frame : kinds) {
    frame.hasWgmma = hasWgmma && multiplies(isForTensorCores);
    const int64_t units = llvm::divideCeil(rows, frame.rowUnit);
    frame.warpRows =
        std::min(units, isWide(launch) || frame.hasWgmma ? 2 * Frame::warpsBesideOthers : Frame::warpsBesideOthers);
    while (units % frame.warpRows)
      --frame.warpRows;
    const int64_t most =
        isWide(launch) || frame.hasWarpgroups() ? 2 * Frame::warpsBesideOthers : Frame::warpsBesideOthers;
    for (frame.warpCols = 1; frame.warps() <= most; frame.warpCols *= 2)
      frames.push_back(frame);
  }
  return frames;
}

/// The registers that tiles and operands may have.
static int64_t registersFor(mlir::gpu::LaunchOp launch) { return isWide(launch) ? mostRegistersInF64 : mostRegisters; }

llvm::DenseMap<Operation *, int64_t> Frame::freeRegistersOfLoops(mlir::gpu::LaunchOp launch) const {
  const int64_t most = registersFor(launch);
  Liveness liveness(launch);
  llvm::DenseMap<Operation *, int64_t> found;
  for (auto loop : launch.getBody().getOps<scf::ForOp>())
    if (loop.getBody()->getOps<scf::IfOp>().empty())
      found[loop] = most - registersOfTiles(loop.getRegion(), liveness, *this);
  return found;
}

Frame Frame::chooseFor(mlir::gpu::LaunchOp launch, bool hasWgmma) {
  const int64_t most = registersFor(launch);
  Liveness liveness(launch);
  std::optional<Frame> best;
  for (Frame frame : framesFor(launch, hasWgmma)) {
    frame.freeRegisters = most - registersOfTiles(launch.getBody(), liveness, frame);
    if (!best || frame.freeRegisters > best->freeRegisters)
      best = frame;
    if (frame.freeRegisters >= (frame.hasWarpgroups() ? -excessWithWgmma : 0))
      break;
  }
  return *best;
}

} // namespace theria::gpu
