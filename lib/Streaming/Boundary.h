//===- Boundary.h - where pair tensors are read and written -----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_BOUNDARY_H
#define THERIA_LIB_STREAMING_BOUNDARY_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace theria::streaming {

/// Reads pair arguments and constants of a function, and writes pair results, through dense tensors. What becomes of
/// sums over batches on their way to a dense tensor is computed on dense ones.
void castBoundary(mlir::func::FuncOp function);

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_BOUNDARY_H
