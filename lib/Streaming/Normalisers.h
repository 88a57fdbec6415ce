//===- Normalisers.h - sums that follow a running maximum -------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// With m the maximum of what a row of s has met so far, Σ_j exp(s_ij − m_i)·f_ij needs no m that is complete: where m
// grows to m', the sum so far is multiplied by exp(m − m'). So it is gathered in the walk that finds the maximum.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_NORMALISERS_H
#define THERIA_LIB_STREAMING_NORMALISERS_H

#include "lib/Streaming/Stream.h"

#include "llvm/ADT/SetVector.h"

namespace theria::streaming {

/// A maximum of rows, and what scales with it.
struct Normaliser {
  mlir::Operation *max;
  /// What follows from the maximum and is subtracted from the scores before exp.
  mlir::Value shift;
  /// What computes the shift of the maximum, in order.
  llvm::SmallVector<mlir::Operation *> rowOps;
  /// All that depends on the shift.
  llvm::DenseSet<mlir::Value> dependents;
  /// What is multiplied by exp(−c) where the shift grows by c: exponentials, and sums of them times what depends on no
  /// shift.
  llvm::DenseSet<mlir::Value> multiples;

  /// Calls `see` for each value that an operation needs, itself or for what depends on the shift, and that doesn't.
  void forEachIndependent(mlir::Operation *op, llvm::function_ref<void(mlir::Value)> see) const;
};

/// The normalisers among the operations of a sweep, which are in order.
llvm::SmallVector<Normaliser, 1> findNormalisers(llvm::ArrayRef<mlir::Operation *> order);

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_NORMALISERS_H
