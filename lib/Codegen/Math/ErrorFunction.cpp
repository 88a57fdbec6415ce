//===- ErrorFunction.cpp - erf --------------------------------------------===//
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

} // namespace theria::codegen
