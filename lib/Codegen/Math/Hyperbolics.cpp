//===- Hyperbolics.cpp - tanh, sinh, cosh ---------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Functions.h"

using namespace mlir;

namespace theria::codegen {

Float expandTanh(Float x) {
  bool isDouble = x.emitter->isDouble();
  // tanh |x| = −h / (1 + h) with h = (exp(−2|x|) − 1) / 2.
  Pair h = halfExpM1(clamp(abs(x) * -2, isDouble ? -40 : -20, 0));
  Pair d = fastTwoSum(x.emitter->constant(1), h.hi);
  // The quotient of the high parts, and one step that brings in the remainder and the low parts.
  Float inverse = 1.0 / d.hi;
  Float quotient = h.hi * inverse;
  Float remainder = residual(h.hi, quotient, d.hi) + h.lo;
  remainder = fma(-quotient, d.lo + h.lo, remainder);
  return copySign(fma(remainder, inverse, quotient), x);
}

/// Everything below is computed smaller by this factor, so that nothing overflows before the result does.
static constexpr int scaleDigits = 32;

namespace {

/// cosh y and sinh y by way of y = n·ln 2 + r:
///   cosh y = a·cosh r + d·sinh r,  sinh y = a·sinh r + d·cosh r,  a, d = 2^(n−1) ± 2^(−n−1).
struct Hyperbolic {
  explicit Hyperbolic(Float y);

  /// first + second·r + first·(cosh r − 1) + second·(sinh r − r), scaled back.
  Float combine(Pair first, Pair second) const;

  Pair a, d, r;
  Float sinhRest, coshRest;
};

} // namespace

Hyperbolic::Hyperbolic(Float y) : a{y, y}, d(a), r(a), sinhRest(y), coshRest(y) {
  Emitter &emitter = *y.emitter;
  ExpReduction reduction = reduceExp(clamp(y, 0, emitter.isDouble() ? 710.7 : 89.6));
  r = reduction.r;
  Float up = reduction.power(-1 - scaleDigits);
  // 2^(−n) as long as it is normal; where it is not, it is too small to matter.
  double most = 0.5 * (emitter.bias + 1);
  Float few = select(reduction.n > most, most, reduction.n);
  Float shifted = roundingShift(emitter, emitter.bias - 1 - scaleDigits) - few;
  Float down = floatOf(bitsOf(shifted) << emitter.mantissa);
  a = fastTwoSum(up, down);
  d = fastTwoSum(up, -down);
  Float square = r.hi * r.hi;
  sinhRest = fma(square * r.hi, polynomial(square, emitter.table.sinh), r.lo);
  coshRest = square * polynomial(square, emitter.table.cosh);
}

Float Hyperbolic::combine(Pair first, Pair second) const {
  Float product = second.hi * r.hi;
  Pair sum = fastTwoSum(first.hi, product);
  Float lost = fma(second.lo, r.hi, productError(second.hi, r.hi, product)) + (sum.lo + first.lo);
  Float rest = fma(first.hi, coshRest, fma(second.hi, sinhRest, lost));
  return (sum.hi + rest) * double(1ull << scaleDigits);
}

Float expandCosh(Float x) {
  Hyperbolic h(abs(x));
  return h.combine(h.a, h.d);
}

Float expandSinh(Float x) {
  Hyperbolic h(abs(x));
  Float result = copySign(h.combine(h.d, h.a), x);
  // Here x is the nearest number; a denormal one would lose digits above.
  return select(abs(x) < (x.emitter->isDouble() ? 0x1p-28 : 0x1p-13), x, result);
}

} // namespace theria::codegen
