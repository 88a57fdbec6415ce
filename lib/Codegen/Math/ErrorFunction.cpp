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
  Float y = clamp(size, 0.5, emitter.isDouble() ? 6 : 4);
  Float t = (y - 3) / (y + 3);
  Float large = 1.0 - expNormal(-(y * y)) * polynomial(t, emitter.table.erfc);
  return select(size < 0.9, small, copySign(large, x));
}

} // namespace theria::codegen
