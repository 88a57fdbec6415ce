//===- Lanes.h - what the lanes of a warp tell each other -------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_GPU_LANES_H
#define THERIA_LIB_CODEGEN_GPU_LANES_H

#include "mlir/IR/Builders.h"

namespace theria::gpu {

/// Whether lanes can exchange elements of a type: words of 32 or 64 bits.
bool isExchanged(mlir::Type element);

/// The number of the lane whose own number differs in these bits.
mlir::Value exchange(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value value, int64_t distance);

} // namespace theria::gpu

#endif // THERIA_LIB_CODEGEN_GPU_LANES_H
