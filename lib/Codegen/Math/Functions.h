//===- Functions.h - elementary functions as formulas -----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each function emits itself for the lanes of x: no call, no table in memory, no
// branch (but for sin, cos and tan of large numbers) and no loop (but for
// remainders and powers with integer exponents), every special value as C's
// Annex F has it. docs/Math.md gives methods and errors.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_MATH_FUNCTIONS_H
#define THERIA_LIB_CODEGEN_MATH_FUNCTIONS_H

#include "lib/Codegen/Math/Emitter.h"

#include <limits>

namespace theria::codegen {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

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

// Powers.cpp
/// x^y, on f32 by way of f64.
Float expandPow(Float x, Float y);
/// x^n with signed integers n, multiplied in the order of upstream's convert-math-to-funcs.
Float expandPowI(Float x, Bits n);
/// x^n of signed integers, whose overflow is left out; n may be negative where x is not 0.
Bits expandIPowI(Bits x, Bits n);

// Trigonometric.cpp; sin, cos and tan need fma, and tan an emitter that is complete.
Float expandSin(Float x);
Float expandCos(Float x);
Float expandTan(Float x);
Float expandAtan(Float x);

// InverseTrigonometric.cpp
Float expandAsin(Float x);
Float expandAcos(Float x);
Float expandAtan2(Float y, Float x);

// InverseHyperbolics.cpp
Float expandAsinh(Float x);
Float expandAcosh(Float x);
Float expandAtanh(Float x);

// ErrorFunction.cpp
Float expandErf(Float x);
Float expandErfc(Float x);

// Remainder.cpp
/// C's fmod.
Float expandRem(Float x, Float y);

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

/// p·2^n, rounded once: denormal, zero or infinite where it must be. The lowest bits of `biased` are those of
/// n + 2·bias, |n| is at most about 1.2·bias, 2^-8 < p < 2 or NaN, and `sign` is a number with the sign of n.
Float scaleByPower(Float p, Bits biased, Float sign);

/// exp x, where that is a normal number.
Float expNormal(Float x);

/// (eˣ − 1) / 2, normalised, to about 2^-5 of a unit in the last place; from where it is −1/2 to where it overflows.
Pair halfExpM1(Float x);

/// |x| = 2^k·(1 + f) with √½ ≤ 1 + f < √2, exactly; of numbers other than 0, infinities and NaN.
struct LogReduction {
  Float k, f;
};
LogReduction reduceLog(Float x);

/// ln u + doublings·ln 2 of a positive number that is a pair.
Float logOfPair(Pair u, Float doublings);

/// number·π/2 + r with |r| ≤ π/4 or a little more; only the lowest bits of the number are right.
struct QuarterTurns {
  Bits number;
  Pair r;
};
/// x + quarters·π/2 for |x| above 2^17 (f32) or 2^30 (f64), by M. H. Payne and R. N. Hanek's reduction (Radian
/// reduction for trigonometric functions, ACM SIGNUM Newsletter 18, 1983); NaN of infinities.
QuarterTurns reduceLarge(Float x, unsigned quarters);

/// A vector whose lanes are computed one by one, from their positions.
mlir::Value unrollToScalars(mlir::OpBuilder &builder, mlir::Location loc, mlir::VectorType type,
                            llvm::function_ref<mlir::Value(llvm::ArrayRef<int64_t>)> lane);

} // namespace theria::codegen

#endif // THERIA_LIB_CODEGEN_MATH_FUNCTIONS_H
