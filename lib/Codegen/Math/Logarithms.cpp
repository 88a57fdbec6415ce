//===- Logarithms.cpp - log, log2, log10, log1p ---------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Functions.h"

using namespace mlir;

namespace theria::codegen {

/// That of a normal positive number, whose exponent increased by some number is wanted.
static LogReduction reduceNormal(Float x, Float increase) {
  Emitter &emitter = *x.emitter;
  unsigned mantissa = emitter.mantissa;
  uint64_t one = uint64_t(emitter.bias) << mantissa;
  uint64_t rootHalf = emitter.isDouble() ? 0x3FE6A09E667F3BCD : 0x3F3504F3;
  // The exponent counts from √½, which is moved to 1.
  Bits moved = bitsOf(x) + emitter.bits(one - rootHalf);
  double large = double(1ull << mantissa);
  Float biased = floatOf((moved >> mantissa) | bitsOf(emitter.constant(large)));
  Bits fraction = (moved & emitter.bits((1ull << mantissa) - 1)) + emitter.bits(rootHalf);
  return {biased - (increase + (large + emitter.bias)), floatOf(fraction) - 1};
}

LogReduction reduceLog(Float x) {
  Emitter &emitter = *x.emitter;
  x = abs(x);
  double steps = emitter.mantissa + 1;
  Mask denormal = x < (emitter.isDouble() ? 0x1p-1022 : 0x1p-126);
  Float increase = select(denormal, steps, emitter.constant(0));
  return reduceNormal(select(denormal, x * double(1ull << int(steps)), x), increase);
}

/// c where ln (1 + f) = f + c, its low part being what the rounding of f² takes.
static Pair logRest(Float f) {
  // With s = f / (2 + f): ln (1 + f) = 2 artanh s = f − f²/2 + s·(f²/2 + artanh's higher terms).
  Float s = f / (f + 2);
  Float square = s * s;
  Float half = f * (f * 0.5);
  Float rest = fma(s, fma(square, polynomial(square, f.emitter->table.atanh), half), -half);
  return {rest, -productError(f, f * 0.5, half)};
}

/// The logarithm at 0, at negative numbers, infinity and NaN, and the given result elsewhere.
static Float atSpecialValues(Float x, Float result) {
  result = select(x < infinity, result, x);
  result = select(x < 0, notANumber, result);
  return select(isEqual(x, 0), -infinity, result);
}

/// ln 2·k + f + rest.
static Float naturalLog(Float k, Float f, Float rest) {
  const Coefficients::List &ln2 = k.emitter->table.ln2;
  Pair sum = fastTwoSum(k * ln2[0], f);
  return sum.hi + (sum.lo + fma(k, ln2[1], rest));
}

/// exponents·k + (f + rest)·base, where k times the first of the exponents is exact.
static Float scaledLog(Float x, const Coefficients::List &exponents, const Coefficients::List &base) {
  auto [k, f] = reduceLog(x);
  Float product = f * base[0];
  Pair sum = fastTwoSum(k * exponents[0], product);
  Float low = fma(f, base[1], productError(f, f.emitter->constant(base[0]), product));
  Pair rest = logRest(f);
  low = fma(rest.hi, base[0], fma(rest.lo, base[0], fma(k, exponents[1], low)));
  return atSpecialValues(x, sum.hi + (sum.lo + low));
}

Float expandLog(Float x) {
  auto [k, f] = reduceLog(x);
  return atSpecialValues(x, naturalLog(k, f, logRest(f).hi));
}

Float expandLog2(Float x) { return scaledLog(x, {1, 0}, x.emitter->table.log2e); }

Float expandLog10(Float x) { return scaledLog(x, x.emitter->table.log10of2, x.emitter->table.log10e); }

Float expandLog1p(Float x) {
  auto [u, lost] = twoSum(x, x.emitter->constant(1));
  auto [k, f] = reduceNormal(u, x.emitter->constant(0));
  Float result = naturalLog(k, f, logRest(f).hi + lost / u);
  result = atSpecialValues(u, result);
  // Here x is the nearest number; keeps −0.
  return select(abs(x) < (x.emitter->isDouble() ? 0x1p-54 : 0x1p-25), x, result);
}

Float logOfPair(Pair u, Float doublings) {
  auto [k, f] = reduceLog(u.hi);
  return naturalLog(k + doublings, f, logRest(f).hi + u.lo / u.hi);
}

} // namespace theria::codegen
