//===- Frame.h - which thread holds which elements of a tile ----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rows and columns of a tile are shared out independently of each other. Warps stand in rows and columns, too: their
// rows divide the tile's rows, their columns its columns. Within a warp
//
//   row    = (repetition · rowLanes + lane / colLanes) · rowElements + element
//   column = (repetition · colLanes + lane % colLanes) · colElements + element
//
// so that what a thread holds of a tile is a smaller tile, of a row value a column of it, of a column value a row. A
// dimension of one element is every thread's. Where there are too few rows or columns for all warps, several warps hold
// the same.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_GPU_FRAME_H
#define THERIA_LIB_CODEGEN_GPU_FRAME_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

#include <numeric>

namespace theria::gpu {

/// The attribute of a reduction that every thread needs of what it holds alone.
inline constexpr llvm::StringLiteral kOwnPart = "own_part";

struct Frame {
  int64_t warpRows = 0, warpCols = 0;
  int64_t rowLanes, rowElements, colLanes, colElements;
  /// The rows and columns of the smallest tile of a warp; others are multiples of it.
  int64_t rowUnit, colUnit;
  /// Registers of a thread that tiles and operands of products don't need, by an estimate; negative where no frame
  /// fits.
  int64_t freeRegisters = 0;
  bool hasWgmma = false; ///< where there are four warps with 64 rows

  static constexpr int64_t lanes = 32;

  /// For products by fma: several elements side by side, so that a number read from shared memory serves several.
  static Frame ofFma(int64_t rowElements, int64_t colElements) {
    return {0, 0, 4, rowElements, 8, colElements, 4 * rowElements, 8 * colElements};
  }
  /// Of the accumulators of mma.sync.m16n8 (PTX ISA, Matrix Fragments for mma.m16n8k16).
  static Frame ofMma() { return {0, 0, 8, 1, 4, 2, 16, 16}; }

  /// As many warps along the rows as there are; more, which share the columns, and fewer elements side by side, where a
  /// thread would hold too much.
  static Frame chooseFor(mlir::gpu::LaunchOp launch, bool hasWgmma);

  /// The same of a kernel's loops alone, where they don't branch; there estimates are short.
  llvm::DenseMap<mlir::Operation *, int64_t> freeRegistersOfLoops(mlir::gpu::LaunchOp launch) const;

  /// Whether a thread has fewer elements side by side than it could, for want of registers.
  bool isNarrow() const { return rowElements * colElements < 8; }

  /// Whether each four warps, one after the other, have 64 rows, which they multiply together.
  bool hasWarpgroups() const { return hasWgmma && warpRows % 4 == 0; }

  /// A multiprocessor has 65,536 registers, for 256 threads with as many as a thread can use: two blocks of so many
  /// warps, one of which computes while the other waits for its threads to meet; or one block of more.
  static constexpr int64_t warpsBesideOthers = 4;
  bool isAlone() const { return warps() > warpsBesideOthers; }

  int64_t warps() const { return warpRows * warpCols; }
  int64_t threads() const { return warps() * lanes; }
  /// How many rows of warps divide these rows, and how many columns of warps these columns.
  int64_t warpRowsOf(int64_t rows) const { return rows == 1 ? 1 : std::gcd(warpRows, rows / rowUnit); }
  int64_t warpColsOf(int64_t cols) const { return cols == 1 ? 1 : std::gcd(warpCols, cols / colUnit); }

  int64_t rowsOfThread(int64_t rows) const { return rows == 1 ? 1 : rows / (warpRowsOf(rows) * rowLanes); }
  int64_t colsOfThread(int64_t cols) const { return cols == 1 ? 1 : cols / (warpColsOf(cols) * colLanes); }
  /// What a thread holds of a tile.
  mlir::VectorType pieceOf(mlir::VectorType tile) const {
    return mlir::VectorType::get({rowsOfThread(tile.getDimSize(0)), colsOfThread(tile.getDimSize(1))},
                                 tile.getElementType());
  }

  /// Where a thread's rows and columns lie, counted from its first.
  int64_t rowOffset(int64_t row) const { return row / rowElements * rowLanes * rowElements + row % rowElements; }
  int64_t colOffset(int64_t col) const { return col / colElements * colLanes * colElements + col % colElements; }
};

} // namespace theria::gpu

#endif // THERIA_LIB_CODEGEN_GPU_FRAME_H
