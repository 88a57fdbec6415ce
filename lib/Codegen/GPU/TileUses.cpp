//===- TileUses.cpp - how the threads of a block read a tile --------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/TileUses.h"

#include "lib/Codegen/GPU/Passes.h"

using namespace mlir;

namespace theria::gpu {

bool isForTensorCores(vector::ContractionOp op) {
  Type element = op.getLhsType().getElementType();
  return isSmallFloat(element) && op.getRhsType().getElementType() == element &&
         getElementTypeOrSelf(op.getResultType()).isF32();
}

bool isDepthFirst(vector::ContractionOp op, unsigned operand) {
  return op.getIndexingMapsArray()[operand].getResult(0) == getAffineDimExpr(2, op.getContext());
}

bool takesPiece(vector::ContractionOp op, unsigned operand, const Frame &frame) {
  return operand == 0 && isForTensorCores(op) && !isDepthFirst(op, 0) &&
         frame.warpColsOf(op.getLhsType().getDimSize(1)) == 1 && !op.getLhs().getDefiningOp<vector::TransferReadOp>();
}

Value viewedTile(Value tile) {
  while (isa_and_nonnull<vector::TransposeOp, arith::ExtFOp>(tile.getDefiningOp()))
    tile = tile.getDefiningOp()->getOperand(0);
  return tile;
}

/// Whether an operation takes one line of a tile.
static bool takesLine(Operation *op) {
  auto extract = dyn_cast<vector::ExtractOp>(op);
  return extract && cast<VectorType>(extract.getSource().getType()).getNumElements() > 1;
}

bool isShared(Value tile, const Frame &frame) {
  return llvm::any_of(tile.getUses(), [&](OpOperand &use) {
    Operation *user = use.getOwner();
    if (isa<arith::ExtFOp>(user))
      return isShared(user->getResult(0), frame);
    if (auto product = dyn_cast<vector::ContractionOp>(user))
      return use.getOperandNumber() < 2 && !takesPiece(product, use.getOperandNumber(), frame);
    return takesLine(user) || isa<vector::TransposeOp>(user);
  });
}

bool isHeld(Value tile, const Frame &frame) {
  return llvm::any_of(tile.getUses(), [&](OpOperand &use) {
    Operation *user = use.getOwner();
    if (isa<arith::ExtFOp>(user))
      return isHeld(user->getResult(0), frame);
    if (auto product = dyn_cast<vector::ContractionOp>(user))
      return use.getOperandNumber() == 2 || takesPiece(product, use.getOperandNumber(), frame);
    return !takesLine(user) && !isa<vector::TransposeOp>(user);
  });
}

} // namespace theria::gpu
