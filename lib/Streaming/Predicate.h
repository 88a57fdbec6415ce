//===- Predicate.h - what a mask says of a whole block ----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_PREDICATE_H
#define THERIA_LIB_STREAMING_PREDICATE_H

#include "lib/Streaming/Tiles.h"

namespace theria::streaming {

/// Bounds of a mask on a block: it is true throughout where `all`, and somewhere only where `any`.
struct BlockMask {
  mlir::Value all;
  mlir::Value any;
};

/// Writes what masks say of the block at the position of `tiles`, by interval arithmetic on coordinates. What no
/// interval is known of may be true or false.
BlockMask boundMask(TileBuilder &tiles, mlir::Value mask);

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_PREDICATE_H
