//===- Exponentials.cpp - exp, exp2, expm1 --------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Functions.h"

using namespace mlir;

namespace theria::codegen {

Float scaleByPower(Float p, Bits biased, Float sign) {
  Emitter &emitter = *p.emitter;
  // Two factors, 2^(n ∓ half) and 2^±half: the first product is exact and the second one rounds.
  unsigned half = (emitter.bias + 1) / 2;
  Float outer =
      select(isNegative(bitsOf(sign)), std::ldexp(1.0, -int(half)), emitter.constant(std::ldexp(1.0, int(half))));
  Bits inner = (biased << emitter.mantissa) - bitsOf(outer);
  return p * floatOf(inner) * outer;
}

double roundingShift(const Emitter &emitter, unsigned bias) { return 1.5 * double(1ull << emitter.mantissa) + bias; }

ExpReduction reduceExp(Float x) {
  Emitter &emitter = *x.emitter;
  double shift = roundingShift(emitter, emitter.bias);
  Float shifted = fma(x, emitter.table.log2e[0], shift);
  Float n = shifted - shift;
  // The first is exact; what the second loses is in the third.
  Float above = fma(n, -emitter.table.ln2[0], x);
  Float r = fma(n, -emitter.table.ln2[1], above);
  Float lost = fma(n, -emitter.table.ln2[1], above - r);
  return {bitsOf(shifted), n, {r, lost}};
}

Float ExpReduction::power(int shift) const {
  Emitter &emitter = *n.emitter;
  return floatOf((biased + emitter.bits(static_cast<int64_t>(shift))) << emitter.mantissa);
}

Float expandExp(Float x) {
  Emitter &emitter = *x.emitter;
  // Beyond these ends the result is 0 or infinite, and n stays small.
  x = emitter.isDouble() ? clamp(x, -746, 710.5) : clamp(x, -105, 89.5);
  double shift = roundingShift(emitter, 2 * emitter.bias);
  Float shifted = fma(x, emitter.table.log2e[0], shift);
  Float n = shifted - shift;
  Float r = fma(n, -emitter.table.ln2[1], fma(n, -emitter.table.ln2[0], x));
  Float p = fma(r, fma(r, polynomial(r, emitter.table.exp), 1), 1);
  return scaleByPower(p, bitsOf(shifted), x);
}

Float expNormal(Float x) {
  ExpReduction reduction = reduceExp(x);
  Float r = reduction.r.hi;
  return fma(r, fma(r, polynomial(r, x.emitter->table.exp), 1), 1) * reduction.power(0);
}

Float expandExp2(Float x) {
  Emitter &emitter = *x.emitter;
  x = emitter.isDouble() ? clamp(x, -1077, 1025) : clamp(x, -152, 129);
  double shift = roundingShift(emitter, 2 * emitter.bias);
  Float shifted = x + shift;
  Float f = x - (shifted - shift);
  Float p = fma(f, polynomial(f, emitter.table.exp2), 1);
  return scaleByPower(p, bitsOf(shifted), x);
}

Pair halfExpM1(Float x) {
  ExpReduction reduction = reduceExp(x);
  auto [r, lost] = reduction.r;
  Float half = reduction.power(-1);
  // 2^(n-1)·(1 + r + (lost + r²·q)) − 1/2, where nothing is lost of the three large terms.
  Pair start = twoSum(half, x.emitter->constant(-0.5));
  Pair sum = fastTwoSum(start.hi, half * r);
  sum.lo = sum.lo + start.lo;
  Float q = polynomial(r, x.emitter->table.exp);
  Float rest = fma(r * r, q, lost);
  return fastTwoSum(sum.hi, fma(half, rest, sum.lo));
}

Float expandExpM1(Float x) {
  bool isDouble = x.emitter->isDouble();
  Float inside = isDouble ? clamp(x, -45, 709.9) : clamp(x, -20, 88.9);
  Float result = halfExpM1(inside).hi * 2;
  // Here x is the nearest number; keeps −0 and what half of a denormal number loses.
  return select(abs(x) < (isDouble ? 0x1p-54 : 0x1p-25), x, result);
}

} // namespace theria::codegen
