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

namespace {

/// cosh y and sinh y by way of y = n·ln 2 + r:
///   cosh y = a·cosh r + d·sinh r,  sinh y = a·sinh r + d·cosh r,  a, d = 2^(n−1) ± 2^(−n−1).
/// All are halved, so that nothing overflows before the result does.
struct Hyperbolic {
  explicit Hyperbolic(Float y);

  Float a, d, r, lost, sinhRest, coshRest;
};

} // namespace

Hyperbolic::Hyperbolic(Float y) : a(y), d(y), r(y), lost(y), sinhRest(y), coshRest(y) {
  Emitter &emitter = *y.emitter;
  y = clamp(y, 0, emitter.isDouble() ? 710.7 : 89.6);
  ExpReduction reduction = reduceExp(y);
  Float up = reduction.power(-2);
  // 2^(−n−2) as long as it is normal; where it is not, it is too small to matter.
  double most = (emitter.bias + 1) / 2;
  Float few = select(reduction.n > most, most, reduction.n);
  Float shifted = roundingShift(emitter, emitter.bias - 2) - few;
  Float down = floatOf(bitsOf(shifted) << emitter.mantissa);
  a = up + down;
  d = up - down;
  r = reduction.r.hi;
  lost = reduction.r.lo;
  Float square = r * r;
  sinhRest = square * r * polynomial(square, emitter.table.sinh);
  coshRest = square * polynomial(square, emitter.table.cosh);
}

Float expandCosh(Float x) {
  Hyperbolic h(abs(x));
  // a + d·r + a·(cosh r − 1) + d·(sinh r − r), largest first.
  Float product = h.d * h.r;
  Pair sum = fastTwoSum(h.a, product);
  Float rest = fma(h.d, h.sinhRest + h.lost, sum.lo + productError(h.d, h.r, product));
  return (sum.hi + fma(h.a, h.coshRest, rest)) * 2;
}

Float expandSinh(Float x) {
  Hyperbolic h(abs(x));
  Float product = h.a * h.r;
  Pair sum = fastTwoSum(h.d, product);
  Float rest = fma(h.a, h.sinhRest + h.lost, sum.lo + productError(h.a, h.r, product));
  Float result = copySign((sum.hi + fma(h.d, h.coshRest, rest)) * 2, x);
  return select(abs(x) < (x.emitter->isDouble() ? 0x1p-28 : 0x1p-13), x, result);
}

} // namespace theria::codegen
