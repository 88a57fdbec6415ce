//===- Coefficients.h - polynomials of the elementary functions -*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_MATH_COEFFICIENTS_H
#define THERIA_LIB_CODEGEN_MATH_COEFFICIENTS_H

#include <cstdint>
#include <vector>

namespace theria::codegen {

/// Polynomials, lowest coefficient first, and sums of parts, largest first, of one floating-point type; every number is
/// one of that type. Coefficients.cpp is written by coefficients.py, which says how they are found.
struct Coefficients {
  using List = std::vector<double>;

  /// exp r = 1 + r + r²·exp(r) for |r| ≤ ln 2 / 2.
  List exp;
  /// 2^f = 1 + f·exp2(f) for |f| ≤ 1/2.
  List exp2;
  /// sinh r = r + r³·sinh(r²) and cosh r = 1 + r²·cosh(r²) for |r| ≤ ln 2 / 2.
  List sinh, cosh;
  /// 2·artanh s = 2·s + s³·atanh(s²) for |s| ≤ 3 − 2√2.
  List atanh;
  /// sin r = r + r³·sin(r²) and cos r = 1 − r²/2 + r⁴·cos(r²) for |r| ≤ 1.03·π/4 or so.
  List sin, cos;
  /// erf x = x + x·erf(x²) for |x| ≤ 1.
  List erf;
  /// 1 − erf x = exp(−x²)·erfc((x − 1) / (x + 1)) from 1 to where erf is 1; accurate relative to erf.
  List erfc;
  /// arctan t = t + t³·atan(t²) for |t| ≤ √2 − 1.
  List atan;
  /// arcsin s = s + s³·asin(s²) for |s| ≤ 1/2.
  List asin;
  /// erfc x = exp(−x²)·(1 + erfcTail((x − 3.75) / (x + 3.75))) / (1 + 2·x) from 1/2 to where erfc is 0.
  List erfcTail;
  /// 2·artanh s = 2·s + 2/3·s³ + s⁵·atanhRest(s²) for |s| ≤ 3 − 2√2, to 2^-64 or so.
  List atanhRest;
  /// ∛(1 + f) = cbrt(f) for 1 + f from √½ to √2, to 1e-5.
  List cbrt;

  /// 1/ln 2 and 1/ln 10 in parts of full length.
  List log2e, log10e;
  /// ln 2 and log₁₀ 2: the first part times any exponent of the type is exact.
  List ln2, log10of2;
  /// 2/π, and π/2, 3π/4 and 2/3 in parts of full length.
  List twoOverPi, halfPi, threeQuartersPi, twoThirds;
};

/// The binary digits of 2/π behind the point, 64 in each number: as many as the largest f64 has before it, and 192
/// more.
inline constexpr unsigned twoOverPiWords = 19;
extern const uint64_t twoOverPiDigits[twoOverPiWords];

/// Those of f64 or of f32.
const Coefficients &coefficients(bool isDouble);

} // namespace theria::codegen

#endif // THERIA_LIB_CODEGEN_MATH_COEFFICIENTS_H
