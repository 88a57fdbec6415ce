//===- Real.h - a number of chosen precision --------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_ORACLE_REAL_H
#define THERIA_LIB_ORACLE_REAL_H

#include <cstdint>
#include <utility>

// For conversions from and to 64 bits; after what declares these.
#define MPFR_USE_INTMAX_T
#include <mpfr.h>

namespace theria::oracle {

/// A floating-point number with a significand of as many bits as wanted and an exponent that hardly ends: owns an
/// MPFR variable. What is computed with it is rounded to nearest, once an operation.
class Real {
public:
  /// NaN.
  explicit Real(mpfr_prec_t precision) { mpfr_init2(value, precision); }
  Real(double number, mpfr_prec_t precision) : Real(precision) { mpfr_set_d(value, number, MPFR_RNDN); }
  Real(const Real &other) : Real(mpfr_get_prec(other.value)) { mpfr_set(value, other.value, MPFR_RNDN); }
  Real(Real &&other) noexcept {
    *value = *other.value;
    other.value->_mpfr_d = nullptr;
  }
  Real &operator=(Real other) noexcept {
    std::swap(*value, *other.value);
    return *this;
  }
  ~Real() {
    if (value->_mpfr_d)
      mpfr_clear(value);
  }

  mpfr_ptr get() { return value; }
  mpfr_srcptr get() const { return value; }
  mpfr_prec_t precision() const { return mpfr_get_prec(value); }
  double toDouble() const { return mpfr_get_d(value, MPFR_RNDN); }

private:
  mpfr_t value;
};

} // namespace theria::oracle

#endif // THERIA_LIB_ORACLE_REAL_H
