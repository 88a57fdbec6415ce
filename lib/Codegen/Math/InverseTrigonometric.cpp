//===- InverseTrigonometric.cpp - arcsin, arccos, arctan2 -----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Functions.h"

namespace theria::codegen {

namespace {

/// arcsin |x| = s + rest up to 1/2, and π/2 − 2·(s + rest) above, where s = √((1 − |x|) / 2): the half-angle formula
/// arcsin x = π/2 − 2·arcsin √((1 − x) / 2), which the NIST Handbook's 4.24 has as a relation of principal values.
struct Arcsine {
  explicit Arcsine(Float x);

  Mask isLarge;
  Float s, rest;
};

} // namespace

Arcsine::Arcsine(Float x) : isLarge(abs(x) > 0.5), s(x), rest(x) {
  Emitter &emitter = *x.emitter;
  Float size = abs(x), zero = emitter.constant(0);
  // Exact from 1/2 on; NaN of a negative number is the result beyond 1.
  Float square = select(isLarge, (1.0 - size) * 0.5, size * size);
  Pair root = sqrt(Pair{square, zero});
  s = select(isLarge, root.hi, size);
  rest = fma(s * square, polynomial(square, emitter.table.asin), select(isLarge, root.lo, zero));
}

/// start + factor·(s + rest).
static Float combine(Pair start, Float factor, const Arcsine &arc) {
  Pair sum = fastTwoSum(start.hi, arc.s * factor);
  return sum.hi + (sum.lo + fma(arc.rest, factor, start.lo));
}

Float expandAsin(Float x) {
  Emitter &emitter = *x.emitter;
  const Coefficients::List &halfPi = emitter.table.halfPi;
  Arcsine arc(x);
  Float zero = emitter.constant(0);
  Pair start = {select(arc.isLarge, halfPi[0], zero), select(arc.isLarge, halfPi[1], zero)};
  return copySign(combine(start, select(arc.isLarge, -2, emitter.constant(1)), arc), x);
}

Float expandAcos(Float x) {
  Emitter &emitter = *x.emitter;
  const Coefficients::List &halfPi = emitter.table.halfPi;
  Arcsine arc(x);
  // π/2 − arcsin x up to 1/2; 2·(s + rest) above it, and π less that below −1/2.
  Mask isBelow = x < 0;
  Float zero = emitter.constant(0);
  auto startOf = [&](double part) { return select(arc.isLarge, select(isBelow, 2 * part, zero), part); };
  Float factor = select(arc.isLarge, 2, emitter.constant(-1));
  return combine({startOf(halfPi[0]), startOf(halfPi[1])}, select(isBelow, -factor, factor), arc);
}

/// The factor 2^-k that brings a positive number, 2^k to 2^(k+1), to about 1.
static Float scaleToOne(Float size) {
  Emitter &emitter = *size.emitter;
  Bits infinite = bitsOf(emitter.constant(infinity));
  // One more than that, so that the factor of the largest number is normal; that of a denormal one is large enough.
  Bits factor = emitter.bits(uint64_t(2 * emitter.bias + 1) << emitter.mantissa) - (bitsOf(size) & infinite);
  return select(isEqual(factor, infinite), std::ldexp(1, int(emitter.bias)), floatOf(factor));
}

Float expandAtan2(Float y, Float x) {
  Emitter &emitter = *x.emitter;
  const Coefficients &table = emitter.table;
  Float zero = emitter.constant(0);
  // The angle of (|x|, |y|) or, where it is above π/4, of (|y|, |x|); of two infinities as of two ones.
  Mask isSteep = abs(x) < abs(y), isLeft = isNegative(bitsOf(x));
  Float opposite = select(isSteep, abs(x), abs(y)), adjacent = select(isSteep, abs(y), abs(x));
  Float tangent = opposite / adjacent;
  Mask isInfinite = isEqual(adjacent, infinity);
  opposite = select(isInfinite, select(isEqual(opposite, infinity), 1, zero), opposite);
  adjacent = select(isInfinite | isEqual(adjacent, 0), 1, adjacent);
  Float scale = scaleToOne(adjacent);
  opposite = opposite * scale;
  adjacent = adjacent * scale;

  // arctan (o/a) = π/4 + arctan ((o − a) / (o + a)) above √2 − 1.
  Mask isMiddle = adjacent * 0x1.a8279ap-2 < opposite;
  Pair difference = fastTwoSum(-adjacent, opposite), sum = fastTwoSum(adjacent, opposite);
  Pair above = {select(isMiddle, difference.hi, opposite), select(isMiddle, difference.lo, zero)};
  Pair below = {select(isMiddle, sum.hi, adjacent), select(isMiddle, sum.lo, zero)};
  Pair t = above / below;
  Float square = t.hi * t.hi;
  Float rest = fma(t.hi * square, polynomial(square, table.atan), t.lo);

  // What is above π/4 is taken from π/2, and what is on the left from π.
  Mask isTurned = isSteep ^ isLeft;
  auto startOf = [&](double quarter, double half, double threeQuarters, double whole) {
    Float right = select(isMiddle, quarter, select(isSteep, half, zero));
    Float left = select(isMiddle, threeQuarters, select(isSteep, half, emitter.constant(whole)));
    return select(isLeft, left, right);
  };
  const Coefficients::List &half = table.halfPi, &most = table.threeQuartersPi;
  Float start = startOf(half[0] / 2, half[0], most[0], half[0] * 2);
  Float low = startOf(half[1] / 2, half[1], most[1], half[1] * 2);
  Pair angle = fastTwoSum(start, select(isTurned, -t.hi, t.hi));
  Float result = angle.hi + (angle.lo + (low + select(isTurned, -rest, rest)));
  // Here the tangent itself is the nearest number; a denormal one has lost nothing.
  result = select(!isTurned & !isLeft & (tangent < (emitter.isDouble() ? 0x1p-28 : 0x1p-13)), tangent, result);
  return copySign(select(isOrdered(x, y), result, x + y), y);
}

} // namespace theria::codegen
