//===- TileUses.cpp - how the threads of a block read a tile --------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/TileUses.h"

#include "lib/Codegen/GPU/Passes.h"

#include "mlir/Interfaces/ViewLikeInterface.h"

using namespace mlir;

namespace theria::gpu {

bool isForTensorCores(vector::ContractionOp op) {
  Type element = op.getLhsType().getElementType();
  return isSmallFloat(element) && op.getRhsType().getElementType() == element &&
         getElementTypeOrSelf(op.getResultType()).isF32();
}

bool onTensorCores(vector::ContractionOp op) { return isForTensorCores(op) || op->hasAttr(kSplitTf32); }

bool isByWgmma(vector::ContractionOp op, const Frame &frame) {
  return frame.hasWarpgroups() && isForTensorCores(op) &&
         cast<VectorType>(op.getResultType()).getDimSize(0) == frame.warpRows * frame.rowUnit;
}

bool isDepthFirst(vector::ContractionOp op, unsigned operand) {
  return op.getIndexingMapsArray()[operand].getResult(0) == getAffineDimExpr(2, op.getContext());
}

bool takesPiece(vector::ContractionOp op, unsigned operand, const Frame &frame) {
  return operand == 0 && isForTensorCores(op) && !isDepthFirst(op, 0) &&
         frame.warpColsOf(op.getLhsType().getDimSize(1)) == 1 && !op.getLhs().getDefiningOp<vector::TransferReadOp>();
}

bool isRescale(arith::MulFOp op, const Frame &frame) {
  auto carried = dyn_cast<BlockArgument>(op.getLhs());
  auto factor = op.getRhs().getDefiningOp<vector::BroadcastOp>();
  auto line = factor ? dyn_cast<VectorType>(factor.getSourceType()) : VectorType();
  if (!carried || !isa<scf::ForOp>(carried.getOwner()->getParentOp()) || !line || line.getRank() != 2 ||
      line.getDimSize(1) != 1 || !op->hasOneUse())
    return false;
  auto user = dyn_cast<vector::ContractionOp>(*op->user_begin());
  return user && user.getAcc() == op.getResult() && isByWgmma(user, frame);
}

bool hasAny(Operation *root, llvm::function_ref<bool(Operation *)> is) {
  return root->walk([&](Operation *op) { return is(op) ? WalkResult::interrupt() : WalkResult::advance(); })
      .wasInterrupted();
}

Value arrayOf(Value view) {
  while (auto op = view.getDefiningOp<ViewLikeOpInterface>())
    view = op.getViewSource();
  return view;
}

bool isTileView(Operation *op) { return isa_and_nonnull<vector::TransposeOp, arith::ExtFOp>(op); }

Value viewedTile(Value tile) {
  while (isTileView(tile.getDefiningOp()))
    tile = tile.getDefiningOp()->getOperand(0);
  return tile;
}

/// Whether an operation takes one line of a tile.
static bool takesLine(Operation *op) {
  auto extract = dyn_cast<vector::ExtractOp>(op);
  return extract && cast<VectorType>(extract.getSource().getType()).getNumElements() > 1;
}

/// Whether one reads a tile where it lies in shared memory, else as threads hold it.
static bool readsShared(OpOperand &use, const Frame &frame) {
  if (auto product = dyn_cast<vector::ContractionOp>(use.getOwner()))
    return use.getOperandNumber() < 2 && !takesPiece(product, use.getOperandNumber(), frame);
  return takesLine(use.getOwner()) || isa<vector::TransposeOp>(use.getOwner());
}

/// Whether anything reads a tile, or a wider type of it, in one of the two ways.
static bool isRead(Value tile, const Frame &frame, bool asShared) {
  return llvm::any_of(tile.getUses(), [&](OpOperand &use) {
    if (isa<arith::ExtFOp>(use.getOwner()))
      return isRead(use.getOwner()->getResult(0), frame, asShared);
    return readsShared(use, frame) == asShared;
  });
}

bool isShared(Value tile, const Frame &frame) {
  auto read = tile.getDefiningOp<vector::TransferReadOp>();
  return (read && isCopiedLine(read)) || isRead(tile, frame, /*asShared=*/true);
}
bool isHeld(Value tile, const Frame &frame) { return isRead(tile, frame, /*asShared=*/false); }

bool isReadByWgmma(Value tile, const Frame &frame) {
  return llvm::any_of(tile.getUses(), [&](OpOperand &use) {
    if (isTileView(use.getOwner()))
      return isReadByWgmma(use.getOwner()->getResult(0), frame);
    auto product = dyn_cast<vector::ContractionOp>(use.getOwner());
    return product && readsShared(use, frame) && isByWgmma(product, frame);
  });
}

bool isReadShared(Value tile, const Frame &frame) {
  while (auto wider = tile.getDefiningOp<arith::ExtFOp>())
    tile = wider.getIn();
  return tile.getDefiningOp<vector::TransferReadOp>() && isShared(tile, frame);
}

} // namespace theria::gpu
