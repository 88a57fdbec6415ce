//===- Frame.cpp - how many warps share the tiles of a kernel -------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Frame.h"

#include "lib/Codegen/GPU/TileUses.h"

#include "mlir/Analysis/Liveness.h"

using namespace mlir;

namespace theria::gpu {

/// More threads than 256 would have fewer registers each than a thread can use: an SM has 65,536.
static constexpr int64_t mostWarps = 8;

/// Beside the tiles that it holds, a thread needs registers for addresses and for operands of products.
static constexpr int64_t mostRegistersOfTiles = 176;

/// An estimate of the registers in which a thread holds tiles where it holds most.
static int64_t registersOfTiles(mlir::gpu::LaunchOp launch, const Liveness &liveness, const Frame &frame) {
  int64_t most = 0;
  launch.getBody().walk([&](Operation *op) {
    int64_t bits = 0;
    for (Value value : liveness.getLiveness(op->getBlock())->currentlyLiveValues(op)) {
      auto type = dyn_cast<VectorType>(value.getType());
      bool isTile = type && type.getRank() == 2 && type.getElementType().isIntOrFloat();
      if (isTile && !value.getDefiningOp<arith::ConstantOp>() && isHeld(value, frame))
        bits += frame.pieceOf(type).getNumElements() * type.getElementTypeBitWidth();
    }
    most = std::max<int64_t>(most, llvm::divideCeil(bits, 32));
  });
  return most;
}

Frame Frame::chooseFor(mlir::gpu::LaunchOp launch) {
  bool onTensorCores = false;
  // What a block of rows owns has as many rows as it has.
  int64_t rows = 1;
  launch.getBody().walk([&](Operation *op) {
    if (auto product = dyn_cast<vector::ContractionOp>(op))
      onTensorCores |= isForTensorCores(product) || product->hasAttr(kSplitTf32);
    if (auto write = dyn_cast<vector::TransferWriteOp>(op))
      rows = std::max(rows, write.getVectorType().getDimSize(0));
  });
  const int64_t units = llvm::divideCeil(rows, unit);
  int64_t warpRows = std::min(units, mostWarps);
  while (units % warpRows)
    --warpRows;
  auto frameOf = [&](int64_t warpCols) {
    return onTensorCores ? ofMma(warpRows, warpCols) : ofFma(warpRows, warpCols);
  };
  Liveness liveness(launch);
  for (int64_t warpCols = 1;; warpCols *= 2) {
    Frame frame = frameOf(warpCols);
    frame.freeRegisters = mostRegistersOfTiles - registersOfTiles(launch, liveness, frame);
    if (frame.freeRegisters >= 0 || 2 * warpCols * warpRows > mostWarps)
      return frame;
  }
}

} // namespace theria::gpu
