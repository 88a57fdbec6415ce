//===- ExpandRowSums.h - statistics leave sums over columns -----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_EXPANDROWSUMS_H
#define THERIA_LIB_STREAMING_EXPANDROWSUMS_H

#include "lib/Streaming/Stream.h"

namespace theria::streaming {

/// Multiplies out sums over columns that have statistics of the same rows in them,
///   Σ_j p_ij·(a_ij − c_i)·x_ij = Σ_j p_ij·a_ij·x_ij − c_i·Σ_j p_ij·x_ij,
/// so that they wait for no statistic. Digits are lost where a row of a has a large common offset.
void expandRowSums(mlir::Block &block, llvm::ArrayRef<Stream> streams);

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_EXPANDROWSUMS_H
