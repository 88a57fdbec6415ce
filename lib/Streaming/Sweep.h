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
  /// Along features of which types say no size, padded with zeros; 0: as many as there are.
  int64_t features;
  /// At most, of what the owner of a block of rows holds at once; 0: any number.
  int64_t heldBytes;
  /// The same where it has fewer rows than it may.
  int64_t heldBytesOfFewRows;
  /// The same of an owner with twice the threads, which multiplies bf16 or f16; 0: none has.
  int64_t heldBytesOfWideOwners;
  /// At most, of what its threads read together, where heldBytes are given; 0: any number.
  int64_t sharedBytes;
};

/// Writes the loops of a sweep at the builder's position and replaces the results of its reductions. Fails, with an
/// error, where types say a number of features here that they leave open there.
mlir::LogicalResult emitSweep(mlir::OpBuilder &builder, const Sweep &sweep, const TileSizes &sizes);

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_SWEEP_H
