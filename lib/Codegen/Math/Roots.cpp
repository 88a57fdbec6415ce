//===- Roots.cpp - 1/√x and ∛x --------------------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Functions.h"

#include <cmath>

namespace theria::codegen {

Float expandRsqrt(Float x) {
  Float y = 1.0 / sqrt(x);
  if (!x.emitter->hasFma)
    return y;
  // Both operations have rounded; a step of Newton's method with 1 − x·y² to twice the digits.
  Float product = x * y;
  Float error = fma(-productError(x, y, product), y, residual(x.emitter->constant(1), product, y));
  return select((x > 0) & (x < infinity), fma(y * 0.5, error, y), y);
}

Float expandCbrt(Float x) {
  Emitter &emitter = *x.emitter;
  auto [k, f] = reduceLog(x);
  // |x| = 2^(3q)·z with z = 2^third·(1 + f).
  double shift = roundingShift(emitter, emitter.bias);
  Float shifted = fma(k, 1.0 / 3, emitter.constant(shift));
  Float third = k - (shifted - shift) * 3;
  Mask isBelow = third < 0, isAbove = third > 0;
  Float power = select(isBelow, 0.5, select(isAbove, 2, emitter.constant(1)));
  Float root = select(isBelow, std::cbrt(0.5), select(isAbove, std::cbrt(2.0), emitter.constant(1)));
  Float z = (f + 1) * power;
  Float y = polynomial(f, emitter.table.cbrt) * root;
  if (emitter.isDouble())
    y = y + residual(z, y * y, y) / (y * y * 3);
  // The last step of Newton's method, with z − y³ to twice the digits.
  Float square = y * y;
  Float error = residual(z, square, y) - productError(y, y, square) * y;
  y = y + error / (square * 3);
  Float result = copySign(y * floatOf(bitsOf(shifted) << emitter.mantissa), x);
  return select((abs(x) > 0) & (abs(x) < infinity), result, x);
}

} // namespace theria::codegen
