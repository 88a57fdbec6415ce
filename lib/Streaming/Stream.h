//===- Stream.h - pair values that are walked together ----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A stream is a connected set of pair values, and an axis one dimension of the space that they share: the rows, the
// columns, and any number of batch axes. Which dimension lies along which axis follows from the operations alone.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_STREAM_H
#define THERIA_LIB_STREAMING_STREAM_H

#include "dialect/Theria.h"
#include "llvm/ADT/MapVector.h"

#include <set>

namespace theria::streaming {

using Axis = int;
/// A dimension that lies along no axis: of features, or of a table.
inline constexpr Axis kFeature = -1;
/// The axis of each dimension of a value.
using Layout = llvm::SmallVector<Axis, 5>;

inline bool isPair(mlir::Value value) { return bool(getPair(value.getType())); }
/// Whether an operation reads or makes a pair value.
bool touchesPairs(mlir::Operation *op);

/// Whether an operation only says that an argument or a result of the function is a pair tensor.
bool isBoundary(mlir::Operation *op);

/// Whether an einsum sums pair values over a batch axis into a pair value: a result, in memory.
bool sumsBatches(mlir::Operation *op);

/// The axis of each label of an einsum of pairs; labels of features are absent.
using LabelAxes = llvm::SmallMapVector<char, Axis, 8>;

struct Stream {
  llvm::SmallVector<mlir::Operation *> ops; ///< in the block's order
  llvm::DenseMap<mlir::Value, Layout> layouts;
  Axis rows = 0, cols = 1; ///< batch axes follow
  int axisCount = 2;
  unsigned number = 0; ///< among the streams of the block

  /// The same stream, walked with blocks of columns outside.
  Stream transposed() const {
    Stream other = *this;
    std::swap(other.rows, other.cols);
    return other;
  }

  bool isBatch(Axis axis) const { return axis != rows && axis != cols && axis != kFeature; }
  /// Those along which the pair values lie that an operation reads.
  std::set<Axis> batchAxesOf(mlir::Operation *op) const;
  LabelAxes labelAxes(EinsumOp op) const;
  /// The layout of one operand or the result of an einsum.
  Layout layoutOf(EinsumOp op, llvm::StringRef labels) const;
  /// The layout of the result of an operation that reads pairs and makes none.
  Layout resultLayout(mlir::Operation *op) const;
};

/// The streams of a block. Fails with an error at the operation that no stream can hold.
llvm::FailureOr<llvm::SmallVector<Stream>> findStreams(mlir::Block &block);

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_STREAM_H
