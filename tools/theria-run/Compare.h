//===- Compare.h - Results against expected values --------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_COMPARE_H
#define THERIA_RUN_COMPARE_H

#include "tools/theria-run/Tensor.h"

namespace theria::run {

struct Tolerance {
  double relative = 1e-5;
  double absolute = 1e-8;
};

/// What differs between two tensors of one shape.
struct Comparison {
  /// Elements outside the tolerance.
  int64_t differing = 0;
  /// The element furthest outside the tolerance; where all are inside, the
  /// one that differs most.
  int64_t worst = 0;
  /// There: |got - want| and atol + rtol·|want|.
  double difference = 0, allowed = 0;
};

/// NumPy's rule: |got - want| <= atol + rtol·|want| for finite numbers;
/// infinities must be equal, and a NaN equals a NaN alone. Integers and
/// booleans must be equal.
Comparison compare(const Tensor &got, const Tensor &want, const Tolerance &tolerance);

/// The expected values of a file for a result of `elementType`: a floating
/// result may be compared with a file of any floating type, an integer one
/// needs its own.
llvm::Expected<Tensor> readExpected(llvm::StringRef path, mlir::Type elementType);

/// Compares and prints one line about it: to `stream` where all agree, else
/// returned as an error.
llvm::Error checkExpected(const Tensor &got, const Tensor &want, const Tolerance &tolerance, llvm::StringRef name,
                          llvm::StringRef path, llvm::raw_ostream &stream);

} // namespace theria::run

#endif // THERIA_RUN_COMPARE_H
