//===- Operands.h - what a sweep reads, cut to tiles ------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_OPERANDS_H
#define THERIA_LIB_STREAMING_OPERANDS_H

#include "lib/Streaming/Sweep.h"

namespace theria::streaming {

/// Every operation of a sweep, what makes pairs first.
llvm::SmallVector<mlir::Operation *> operationsOf(const Sweep &sweep);

/// Calls `see` for each operand of an einsum that is no pair and no statistic of the sweep.
void forEachOutside(const Sweep &sweep, EinsumOp op, llvm::function_ref<void(mlir::Value, const Layout &)> see);

/// The blocks along each axis of a stream.
llvm::SmallVector<Blocking> chooseBlocking(mlir::OpBuilder &builder, mlir::Location loc, const Sweep &sweep,
                                           const TileSizes &sizes);

/// Whether a level makes all tiles of pairs before it adds any up, since fewer are alive at once then: element by
/// element, a thread of a GPU computes all that follows from the same operands.
bool makesPairsFirst(const Sweep &sweep, int level);

/// The sizes of the result of a reduction, or of an operation on statistics of rows.
llvm::SmallVector<OpFoldResult> resultSizes(mlir::OpBuilder &builder, mlir::Location loc, const Sweep &sweep,
                                            llvm::ArrayRef<Blocking> blocking, mlir::Operation *op);

/// The size of a dimension of features; that of a statistic from what it is made of, which is there before the sweep.
OpFoldResult featureSize(IndexBuilder &index, const Sweep &sweep, mlir::Value value, int64_t dim);

/// Ends a run in which a dimension of features that tiles pad has more than they have room for, or none.
void checkFeatures(const TileBuilder &tiles);

/// The mask of an operation, if it has one over pairs.
mlir::Value maskOf(mlir::Operation *op);

/// The masks over pairs of a sweep, and whether every reduction has one.
struct SweepMasks {
  llvm::SmallSetVector<mlir::Value, 4> masks;
  bool everywhere = true;
};
SweepMasks masksOf(const Sweep &sweep);

/// Whether rows or columns beyond the tensors' edges would be seen in a result.
bool needsEdges(const TileBuilder &tiles);

/// Copies tensors over columns block by block, in the order in which tiles read them, where they are not so already.
void packColumnOperands(TileBuilder &tiles);

/// Cuts tensors over rows to the current block of rows.
void prepareRowOperands(TileBuilder &tiles);

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_OPERANDS_H
