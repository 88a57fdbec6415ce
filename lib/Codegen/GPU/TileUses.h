//===- TileUses.h - how the threads of a block read a tile ------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_GPU_TILEUSES_H
#define THERIA_LIB_CODEGEN_GPU_TILEUSES_H

#include "lib/Codegen/GPU/Frame.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace theria::gpu {

/// Whether a product is of bf16 or f16, summed in f32.
bool isForTensorCores(mlir::vector::ContractionOp op);
/// The attribute of a product of f32 that tensor cores compute in two parts.
inline constexpr llvm::StringLiteral kSplitTf32 = "split_tf32";
/// Whether tensor cores compute a product.
bool onTensorCores(mlir::vector::ContractionOp op);
/// Whether four warps, of 16 rows each, compute a product together.
bool isByWgmma(mlir::vector::ContractionOp op, const Frame &frame);
/// Whether an operand of a product has the dimension that is summed as its first.
bool isDepthFirst(mlir::vector::ContractionOp op, unsigned operand);
/// Whether a product takes an operand as threads hold it: what they computed, as rows of a product on tensor cores,
/// where a warp has all of a row.
bool takesPiece(mlir::vector::ContractionOp op, unsigned operand, const Frame &frame);

/// Whether a product is of what a loop carries, for wgmma to add to, and one number for each row.
bool isRescale(mlir::arith::MulFOp op, const Frame &frame);

/// Whether any operation within one has a property.
bool hasAny(mlir::Operation *root, llvm::function_ref<bool(mlir::Operation *)> is);

/// The array that a view is a part of.
mlir::Value arrayOf(mlir::Value view);
/// Whether a read in a loop is of numbers for columns that shared memory can have copied beside other work.
bool isCopiedLine(mlir::vector::TransferReadOp op);

/// Whether an operation gives only another view of a tile: a transpose, or the same in a wider type.
bool isTileView(mlir::Operation *op);
/// What a tile is only another view of.
mlir::Value viewedTile(mlir::Value tile);
/// Whether several threads read an element of a tile, or of a view of it.
bool isShared(mlir::Value tile, const Frame &frame);
/// Whether threads hold a tile, or a wider type of it, in registers.
bool isHeld(mlir::Value tile, const Frame &frame);
/// Whether wgmma reads a tile in shared memory.
bool isReadByWgmma(mlir::Value tile, const Frame &frame);
/// Whether a tile, or the narrower one that it extends, is read from memory and shared: threads take what they need of
/// it where they need it.
bool isReadShared(mlir::Value tile, const Frame &frame);

} // namespace theria::gpu

#endif // THERIA_LIB_CODEGEN_GPU_TILEUSES_H
