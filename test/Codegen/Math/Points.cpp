//===- Points.cpp - where functions are measured --------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Codegen/Math/Reference.h"

#include <cmath>
#include <limits>
#include <random>

namespace theria::test {

namespace {
/// Reals from one engine, whose numbers the standard fixes; its distributions are not.
class Random {
public:
  uint64_t bits() { return engine(); }
  double uniform(double low, double high) { return low + (high - low) * (double(engine() >> 11) * 0x1p-53); }

private:
  // NOLINTNEXTLINE(bugprone-random-generator-seed): a test meets the same numbers each time.
  std::mt19937_64 engine{20};
};
} // namespace

/// Numbers where something happens: ends of the type, of the function's range, whole numbers, multiples of π/4.
static std::vector<double> specialNumbers(const Function &function, const Format &format) {
  double smallest = std::ldexp(1, format.minExponent - format.digits);
  double normal = std::ldexp(1, format.minExponent - 1);
  double largest = std::ldexp(1 - std::ldexp(1, -format.digits), format.maxExponent);
  std::vector<double> numbers = {0, smallest, 3 * smallest, normal, normal / 2, largest, largest / 3};
  const auto &range = function.range[format.digits == 53];
  numbers.insert(numbers.end(), {range[0], range[1], M_LN2 * format.maxExponent, 0.9, M_SQRT1_2, M_SQRT2, 1e9});
  numbers.insert(numbers.end(), {M_LN2 * (format.minExponent - 1), M_LN2 * (format.minExponent - format.digits)});
  for (int number = 1; number <= 24; ++number)
    numbers.insert(numbers.end(), {number * 1.0, number + 0.5, number * M_LN2 / 2, number * M_PI_4});
  for (int power = -60; power <= 60; ++power)
    numbers.insert(numbers.end(), {std::ldexp(1, power), std::ldexp(M_PI_2, power), std::ldexp(355, power)});
  // The nearest ones to a multiple of π/2 (J.-M. Muller, Elementary Functions: range reduction), where libm is not
  // exact.
  if (function.isComplete)
    numbers.push_back(format.digits == 53 ? std::ldexp(6381956970095103, 797) : std::ldexp(16367173, 72));
  return numbers;
}

/// A second operand for a random first one.
static double secondOperand(const Function &function, const Format &format, double x, Random &random) {
  if (function.name == "powf") {
    // Those whose power is in the type's range.
    const double most = std::min(1e4, format.maxExponent / std::fabs(std::log2(std::fabs(x))));
    return random.uniform(-1.1, 1.1) * (most > 0 ? most : 1);
  }
  const double any = format.fromBits(random.bits()), near = x * random.uniform(-2, 2);
  return random.bits() % 2 == 0 ? any : near;
}

void makePoints(const Function &function, const Format &format, size_t count, std::vector<double> &x,
                std::vector<double> &y) {
  Random random;
  const auto &range = function.range[format.digits == 53];
  double end = std::max(std::fabs(range[0]), std::fabs(range[1]));
  for (double number : specialNumbers(function, format)) {
    number = format.round(number);
    for (double near : {number, format.next(number, true), format.next(number, false)})
      x.insert(x.end(), {near, -near});
  }
  constexpr double infinity = std::numeric_limits<double>::infinity();
  x.insert(x.end(), {infinity, -infinity, std::numeric_limits<double>::quiet_NaN()});
  size_t special = x.size();
  while (x.size() < special + count || x.size() % 16 != 0) {
    x.push_back(format.round(random.uniform(range[0], range[1])));
    // Any exponent around that of the range's end, and any of the type.
    double small = std::ldexp(random.uniform(0.5, 1), static_cast<int>(random.uniform(-format.digits, 2)));
    x.push_back(format.round(std::copysign(small * std::min(end, 8.0), range[0] < 0 ? random.uniform(-1, 1) : 1)));
    x.push_back(format.fromBits(random.bits()));
  }
  if (function.operands == 1) {
    y.assign(x.size(), 0);
    return;
  }
  // Each special number with each of some second operands.
  const double exponents[] = {
      0,    -0.0,    1,      -1,         2,    3,        -3,        0.5,
      -2.5, 1 / 3.0, 0x1p23, 0x1p24 - 1, 1e30, infinity, -infinity, std::numeric_limits<double>::quiet_NaN()};
  std::vector<double> bases(x.begin(), x.begin() + special), others(x.begin() + special, x.end());
  x.clear();
  for (double exponent : exponents)
    for (double base : bases) {
      x.push_back(base);
      y.push_back(format.round(exponent));
    }
  for (double base : others) {
    x.push_back(base);
    y.push_back(format.round(secondOperand(function, format, base, random)));
  }
  while (x.size() % 16 != 0) {
    x.push_back(1);
    y.push_back(1);
  }
}

} // namespace theria::test
