//===- ErrorFunction.cpp - erf, erfc --------------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Functions.h"

namespace theria::codegen {

Float expandErf(Float x) {
  Emitter &emitter = *x.emitter;
  Float size = abs(x);
  Float small = fma(x, polynomial(x * x, emitter.table.erf), x);
  // From the upper end on, erf is 1 to all digits.
  Float y = clamp(size, 0, emitter.isDouble() ? 6 : 4);
  Float t = (y - 1) / (y + 1);
  Float rest = polynomial(t, emitter.table.erfc);
  // exp(−y²) with what the square has lost.
  Float square = y * y;
  rest = fma(rest, -productError(y, y, square), rest);
  Float large = 1.0 - expNormal(-square) * rest;
  return select(size < 1, small, copySign(large, x));
}

/// exp(−y²)·(1 + polynomial) / (1 + 2·y) from 3/4 on, as M. M. Shepherd and J. G. Laframboise have it (Chebyshev
/// approximation of (1 + 2x)·exp(x²)·erfc x in 0 ≤ x < ∞, Mathematics of Computation 36, 1981).
static Float erfcTail(Float y) {
  Emitter &emitter = *y.emitter;
  Float one = emitter.constant(1);
  y = clamp(y, 0.5, emitter.isDouble() ? 27.5 : 10.2);
  Float t = (y - 3.75) / (y + 3.75);
  Pair factor = fastTwoSum(one, polynomial(t, emitter.table.erfcTail)) / fastTwoSum(y * 2, one);
  // exp(−y²) = 2^n·(1 + r + rest), with what the square has lost, which may be many units of r.
  Float square = y * y;
  ExpReduction reduction = reduceExp(-square);
  Pair r = fastTwoSum(reduction.r.hi, reduction.r.lo - productError(y, y, square));
  Float rest = fma(r.hi * r.hi, polynomial(r.hi, emitter.table.exp), r.lo);
  Float p = factor.hi + fma(factor.hi, r.hi, fma(factor.hi, rest, factor.lo));
  return scaleByPower(p, reduction.biased + emitter.bits(emitter.bias), -square);
}

Float expandErfc(Float x) {
  Float size = abs(x);
  Pair start = fastTwoSum(x.emitter->constant(1), -x);
  Float small = start.hi + (start.lo - x * polynomial(x * x, x.emitter->table.erf));
  Float tail = erfcTail(size);
  return select(size < 0.75, small, select(x < 0, 2.0 - tail, tail));
}

} // namespace theria::codegen
