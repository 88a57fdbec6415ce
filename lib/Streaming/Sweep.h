//===- Sweep.h - the loops of a sweep ---------------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_SWEEP_H
#define THERIA_LIB_STREAMING_SWEEP_H

#include "lib/Streaming/Tiles.h"

namespace theria::streaming {

struct TileSizes {
  int64_t rows, cols; ///< at most
  int64_t
      features; ///< of a dimension of features of which a type says no size, padded with zeros; 0: as many as it has
  int64_t heldBytes; ///< at most, of what the owner of a block of rows holds at once; 0: any number
};

/// Writes the loops of a sweep at the builder's position and replaces the results of its reductions.
mlir::LogicalResult emitSweep(mlir::OpBuilder &builder, const Sweep &sweep, const TileSizes &sizes);

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_SWEEP_H
