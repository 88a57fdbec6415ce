//===- Functions.h - elementary functions as formulas -----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each function emits itself for the lanes of x: no call, no table, no branch
// (but for sin and cos of large numbers), every special value as C's Annex F
// has it. docs/Math.md gives methods and errors.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_MATH_FUNCTIONS_H
#define THERIA_LIB_CODEGEN_MATH_FUNCTIONS_H

#include "lib/Codegen/Math/Emitter.h"

namespace theria::codegen {

// Exponentials.cpp
Float expandExp(Float x);
Float expandExp2(Float x);
Float expandExpM1(Float x);

// Hyperbolics.cpp
Float expandTanh(Float x);
Float expandSinh(Float x);
Float expandCosh(Float x);

// Logarithms.cpp
Float expandLog(Float x);
Float expandLog2(Float x);
Float expandLog10(Float x);
Float expandLog1p(Float x);

/// x^y on f32 lanes, by way of f64.
Float expandPow(Float x, Float y);

// Trigonometric.cpp; sin and cos need fma.
Float expandSin(Float x);
Float expandCos(Float x);
Float expandAtan(Float x);

// ErrorFunction.cpp
Float expandErf(Float x);

// Roots.cpp
Float expandRsqrt(Float x);
Float expandCbrt(Float x);

/// A number so large that adding it rounds to an integer n, whose bits then are the lowest ones, increased by the bias.
double roundingShift(const Emitter &emitter, unsigned bias);

/// x = n·ln 2 + r.hi + r.lo with an integer n and |r| ≤ ln 2 / 2; x is finite and |n| below 2^(digits − 3).
struct ExpReduction {
  /// Its lowest bits are those of n + bias.
  Bits biased;
  /// n, as a number.
  Float n;
  Pair r;

  /// 2^(n + shift), where that is a normal number.
  Float power(int shift) const;
};
ExpReduction reduceExp(Float x);

/// exp x, where that is a normal number.
Float expNormal(Float x);

/// (eˣ − 1) / 2, normalised, to about 2^-5 of a unit in the last place; from where it is −1/2 to where it overflows.
Pair halfExpM1(Float x);

/// |x| = 2^k·(1 + f) with √½ ≤ 1 + f < √2, exactly; of numbers other than 0, infinities and NaN.
struct LogReduction {
  Float k, f;
};
LogReduction reduceLog(Float x);

/// A vector whose lanes are computed one by one, from their positions.
mlir::Value unrollToScalars(mlir::OpBuilder &builder, mlir::Location loc, mlir::VectorType type,
                            llvm::function_ref<mlir::Value(llvm::ArrayRef<int64_t>)> lane);

} // namespace theria::codegen

#endif // THERIA_LIB_CODEGEN_MATH_FUNCTIONS_H
