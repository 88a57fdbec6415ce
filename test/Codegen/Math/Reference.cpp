//===- Reference.cpp - elementary functions by MPFR -----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Codegen/Math/Reference.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace theria::test {

static constexpr double infinity = std::numeric_limits<double>::infinity();

const Format f32 = {"f32", 24, 128, -125};
const Format f64 = {"f64", 53, 1024, -1021};

double Format::next(double number, bool up) const {
  double end = up ? infinity : -infinity;
  return digits == 53 ? std::nextafter(number, end)
                      : std::nextafter(static_cast<float>(number), static_cast<float>(end));
}

double Format::fromBits(uint64_t bits) const {
  return digits == 53 ? std::bit_cast<double>(bits) : std::bit_cast<float>(static_cast<uint32_t>(bits));
}

template <int (*function)(mpfr_t, const mpfr_t, mpfr_rnd_t)>
static void unary(mpfr_t result, const mpfr_t x, const mpfr_t) {
  function(result, x, MPFR_RNDN);
}

/// IEEE 754's rSqrt, which keeps the sign of a zero.
static void rsqrt(mpfr_t result, const mpfr_t x, const mpfr_t) {
  mpfr_rec_sqrt(result, x, MPFR_RNDN);
  if (mpfr_zero_p(x))
    mpfr_setsign(result, result, mpfr_signbit(x), MPFR_RNDN);
}

template <int (*function)(mpfr_t, const mpfr_t, const mpfr_t, mpfr_rnd_t)>
static void binary(mpfr_t result, const mpfr_t x, const mpfr_t y) {
  function(result, x, y, MPFR_RNDN);
}

static const Function table[] = {
    {"exp", 1, {{-104, 89}, {-746, 710}}, {1, 1, 1.2, 1.2}, unary<mpfr_exp>, std::exp},
    {"exp2", 1, {{-150, 129}, {-1075, 1025}}, {1, 1, 1.2, 1.2}, unary<mpfr_exp2>, std::exp2},
    {"expm1", 1, {{-20, 89}, {-40, 710}}, {1, 1, 1.2, 1.2}, unary<mpfr_expm1>, std::expm1},
    {"log", 1, {{0.25, 4}, {0.25, 4}}, {1, 1, 1, 1}, unary<mpfr_log>, std::log},
    {"log2", 1, {{0.25, 4}, {0.25, 4}}, {1, 1, 1, 1}, unary<mpfr_log2>, std::log2},
    {"log10", 1, {{0.25, 4}, {0.25, 4}}, {1, 1, 1, 1}, unary<mpfr_log10>, std::log10},
    {"log1p", 1, {{-1, 4}, {-1, 4}}, {1, 1, 1, 1}, unary<mpfr_log1p>, std::log1p},
    {"tanh", 1, {{-10, 10}, {-20, 20}}, {1, 1, 1, 1}, unary<mpfr_tanh>, std::tanh},
    {"erf", 1, {{-4, 4}, {-6, 6}}, {1, 1, 1.3, 1.3}, unary<mpfr_erf>, std::erf},
    {"sin", 1, {{-200, 200}, {-200, 200}}, {1, 1, -1, -1}, unary<mpfr_sin>, std::sin},
    {"cos", 1, {{-200, 200}, {-200, 200}}, {1, 1, -1, -1}, unary<mpfr_cos>, std::cos},
    {"atan", 1, {{-5, 5}, {-5, 5}}, {1, 1, 1, 1}, unary<mpfr_atan>, std::atan},
    {"sinh", 1, {{-90, 90}, {-711, 711}}, {1, 1, 1, 1}, unary<mpfr_sinh>, std::sinh},
    {"cosh", 1, {{-90, 90}, {-711, 711}}, {1, 1, 1, 1}, unary<mpfr_cosh>, std::cosh},
    {"rsqrt", 1, {{0.25, 4}, {0.25, 4}}, {0.6, 0.6, 1.5, 1.5}, rsqrt, [](double x) { return 1 / std::sqrt(x); }},
    {"cbrt", 1, {{-8, 8}, {-8, 8}}, {0.6, 0.6, 0.6, 0.6}, unary<mpfr_cbrt>, std::cbrt},
    {"powf", 2, {{0, 20}, {0, 20}}, {0.6, -1, 0.6, -1}, binary<mpfr_pow>, nullptr},
    {"tan", 1, {{-200, 200}, {-200, 200}}, {1, 1, -1, -1}, unary<mpfr_tan>, std::tan, true},
    {"asin", 1, {{-1, 1}, {-1, 1}}, {1, 1, -1, -1}, unary<mpfr_asin>, std::asin, true},
    {"acos", 1, {{-1, 1}, {-1, 1}}, {1, 1, -1, -1}, unary<mpfr_acos>, std::acos, true},
    {"atan2", 2, {{-5, 5}, {-5, 5}}, {1, 1, -1, -1}, binary<mpfr_atan2>, nullptr, true},
    {"asinh", 1, {{-5, 5}, {-5, 5}}, {1, 1, -1, -1}, unary<mpfr_asinh>, std::asinh, true},
    {"acosh", 1, {{1, 4}, {1, 4}}, {1, 1, -1, -1}, unary<mpfr_acosh>, std::acosh, true},
    {"atanh", 1, {{-1, 1}, {-1, 1}}, {1, 1, -1, -1}, unary<mpfr_atanh>, std::atanh, true},
    {"erfc", 1, {{-4, 10.1}, {-6, 27.3}}, {1.8, 1.8, -1, -1}, unary<mpfr_erfc>, std::erfc, true},
    {"powf", 2, {{0, 20}, {0, 20}}, {0.6, 1, -1, -1}, binary<mpfr_pow>, nullptr, true},
    {"sin", 1, {{-1e38, 1e38}, {-1e308, 1e308}}, {1, 1, -1, -1}, unary<mpfr_sin>, std::sin, true},
    {"cos", 1, {{-1e38, 1e38}, {-1e308, 1e308}}, {1, 1, -1, -1}, unary<mpfr_cos>, std::cos, true},
    {"arith.remf", 2, {{-20, 20}, {-20, 20}}, {0, 0, -1, -1}, binary<mpfr_fmod>, nullptr, true},
};

llvm::ArrayRef<Function> functions() { return table; }

Reference::Reference(const Function &function, const Format &format, double x, double y) : format(format) {
  mpfr_t exactX, exactY;
  mpfr_inits2(53, exactX, exactY, nullptr);
  mpfr_set_d(exactX, x, MPFR_RNDN);
  mpfr_set_d(exactY, y, MPFR_RNDN);
  mpfr_init2(value, format.digits + 40);
  function.evaluate(value, exactX, exactY);
  mpfr_clears(exactX, exactY, nullptr);
}

double Reference::error(double result) const {
  if (mpfr_nan_p(value) || std::isnan(result))
    return mpfr_nan_p(value) && std::isnan(result) ? 0 : infinity;
  if (std::signbit(result) != (mpfr_signbit(value) != 0))
    return infinity;
  if (!mpfr_regular_p(value))
    return mpfr_get_d(value, MPFR_RNDN) == result ? 0 : infinity;
  // The exponent of the last place of the value.
  long exponent = std::clamp<long>(mpfr_get_exp(value), format.minExponent, format.maxExponent) - format.digits;
  mpfr_t distance;
  mpfr_init2(distance, format.digits + 40);
  // What overflows is as good as the next power of two, and at best as good as the largest number.
  if (std::isinf(result)) {
    mpfr_set_si_2exp(distance, result > 0 ? 1 : -1, format.maxExponent, MPFR_RNDN);
    if (mpfr_cmpabs(value, distance) > 0)
      mpfr_set(distance, value, MPFR_RNDN);
  } else {
    mpfr_set_d(distance, result, MPFR_RNDN);
  }
  mpfr_sub(distance, distance, value, MPFR_RNDN);
  mpfr_mul_2si(distance, distance, -exponent, MPFR_RNDN);
  double error = std::fabs(mpfr_get_d(distance, MPFR_RNDN));
  mpfr_clear(distance);
  return error;
}

} // namespace theria::test
