//===- Reference.h - elementary functions by MPFR ----------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_CODEGEN_MATH_REFERENCE_H
#define THERIA_TEST_CODEGEN_MATH_REFERENCE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <mpfr.h>
#include <vector>

namespace theria::test {

/// A floating-point type: digits, the exponents of its largest and smallest powers of two plus one as MPFR counts them.
struct Format {
  const char *name;
  int digits, maxExponent, minExponent;

  /// Rounds a number to the type.
  double round(double number) const { return digits == 53 ? number : static_cast<float>(number); }
  /// Its neighbour, towards infinity where `up`.
  double next(double number, bool up) const;
  /// The number with these bits, of which f32 has only the lower half.
  double fromBits(uint64_t bits) const;
};

extern const Format f32, f64;

/// An operation of the math dialect, or with that one's name of another dialect, and what it must compute.
struct Function {
  llvm::StringRef name;
  unsigned operands;
  /// Where results are neither trivial nor out of range, for f32 and f64: low and high of |x| or of x.
  double range[2][2];
  /// The largest error, in units in the last place: with fma of f32 and f64, without fma of f32 and f64. A negative one
  /// says that the type calls libm.
  double bounds[4];
  /// Sets result to the function of x and y.
  void (*evaluate)(mpfr_t result, const mpfr_t x, const mpfr_t y);
  /// libm's, of f64; null where there is none of one operand.
  double (*close)(double x);
  /// Whether theria-expand-math is to leave nothing to libm; then with fma alone.
  bool isComplete = false;
};

llvm::ArrayRef<Function> functions();

/// A point, and the value of a function there to many more digits than its type has.
class Reference {
public:
  Reference(const Function &function, const Format &format, double x, double y);
  ~Reference() { mpfr_clear(value); }
  Reference(const Reference &) = delete;
  Reference &operator=(const Reference &) = delete;

  /// The distance of a result from the value in units of the last place that the value has in the type; infinite where
  /// one is NaN, or an exact zero or infinity, or has a sign, that the other has not.
  double error(double result) const;

  /// Whether the value lies between the smallest and the largest number of the type.
  bool isInRange() const {
    return mpfr_regular_p(value) != 0 && mpfr_get_exp(value) <= format.maxExponent &&
           mpfr_get_exp(value) > format.minExponent - format.digits;
  }

private:
  const Format &format;
  mpfr_t value;
};

/// `count` points, the same in every run: half of them in the function's range, the others of any exponent, then
/// special values and the neighbours of hard cases. A multiple of 16, and a second operand for each.
void makePoints(const Function &function, const Format &format, size_t count, std::vector<double> &x,
                std::vector<double> &y);

} // namespace theria::test

#endif // THERIA_TEST_CODEGEN_MATH_REFERENCE_H
