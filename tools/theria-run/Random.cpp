//===- Random.cpp - Seeded random tensors ---------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Random.h"

#include <cmath>

using namespace theria::run;

// Every operation below is exactly rounded by IEEE 754, so bits can't differ
// between machines; a fused multiply-add would round otherwise.
#pragma STDC FP_CONTRACT OFF

static constexpr uint64_t golden = 0x9e3779b97f4a7c15;

uint64_t SplitMix64::next() {
  state += golden;
  uint64_t bits = state;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
  return bits ^ (bits >> 31);
}

SplitMix64 SplitMix64::forElement(uint64_t seed, uint64_t index) {
  return SplitMix64(SplitMix64(seed + index * golden).next());
}

double theria::run::drawUniform(SplitMix64 &generator) { return static_cast<double>(generator.next() >> 11) * 0x1p-53; }

/// log x for x in (0, 1): x = 2^e·m with m in [√½, √2), log m = 2·artanh s for
/// s = (m − 1) / (m + 1), |s| < 0.172, whose series is cut below 1e-17. Not
/// std::log, whose last bit is each C library's own.
static double logarithm(double x) {
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);
  if (mantissa < 0.70710678118654752) {
    mantissa = 2 * mantissa;
    exponent -= 1;
  }
  const double s = (mantissa - 1) / (mantissa + 1);
  const double square = s * s;
  double sum = 0;
  for (int power = 21; power >= 1; power -= 2)
    sum = sum * square + 1.0 / power;
  return exponent * 0.69314718055994531 + 2 * (s * sum);
}

double theria::run::drawNormal(SplitMix64 &generator) {
  for (;;) {
    const double x = 2 * drawUniform(generator) - 1;
    const double y = 2 * drawUniform(generator) - 1;
    const double square = x * x + y * y;
    if (square > 0 && square < 1)
      return x * std::sqrt(-2 * logarithm(square) / square);
  }
}

template <typename Draw> static void fill(Tensor &tensor, uint64_t seed, Draw draw) {
  for (int64_t index = 0; index < tensor.count; ++index) {
    SplitMix64 generator = SplitMix64::forElement(seed, index);
    tensor.storeBits(index, draw(generator));
  }
}

void theria::run::fillNormal(Tensor &tensor, uint64_t seed) {
  const auto type = llvm::cast<mlir::FloatType>(tensor.elementType);
  fill(tensor, seed, [type](SplitMix64 &generator) { return roundToFloat(drawNormal(generator), type); });
}

void theria::run::fillUniform(Tensor &tensor, uint64_t seed) {
  if (tensor.elementType.isInteger(1))
    return fill(tensor, seed, [](SplitMix64 &generator) { return generator.next() >> 63; });
  const auto type = llvm::cast<mlir::FloatType>(tensor.elementType);
  fill(tensor, seed, [type](SplitMix64 &generator) { return roundToFloat(drawUniform(generator), type); });
}
