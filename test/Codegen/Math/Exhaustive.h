//===- Exhaustive.h - a function at every f32 --------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_CODEGEN_MATH_EXHAUSTIVE_H
#define THERIA_TEST_CODEGEN_MATH_EXHAUSTIVE_H

#include "test/Codegen/Math/Program.h"

namespace theria::test {

/// Errors of one function over many inputs.
struct Errors {
  double largest = 0;
  double where = 0; ///< the input with the largest error
  double sum = 0;   ///< of the errors where the exact value is within the range of the type
  uint64_t number = 0;
  uint64_t nearest = 0; ///< how many of these are the f32 nearest to the exact value

  void merge(const Errors &other);
};

/// Measures a function of one operand at each `stride`th of the 2³² bit patterns of f32, on all processors. Exact
/// values are those of libm in f64, off by 2⁻²⁸ of a unit in the last place of f32; where that could matter (the
/// largest error where it is above one half, a tie, an end of the range) they are MPFR's. Prints how far it is to the
/// standard error.
Errors measureEvery(const Program &program, const Function &function, uint64_t stride);

} // namespace theria::test

#endif // THERIA_TEST_CODEGEN_MATH_EXHAUSTIVE_H
