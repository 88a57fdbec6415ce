//===- InverseHyperbolics.cpp - arsinh, arcosh, artanh --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Functions.h"

namespace theria::codegen {

/// ln (x + √(x² + one)) for x ≥ 0 and a one of 1 or −1 (NIST Handbook, 4.37.16 and 4.37.19).
static Float logOfSum(Float x, double one) {
  Emitter &emitter = *x.emitter;
  Float zero = emitter.constant(0);
  // From here on, the root is x to all digits.
  Mask isLarge = x > (emitter.isDouble() ? 0x1p28 : 0x1p13);
  Float y = select(isLarge, 1, x);
  Float square = y * y;
  Pair inside = twoSum(emitter.constant(one), square);
  Pair root = sqrt(Pair{inside.hi, inside.lo + productError(y, y, square)});
  Pair sum = twoSum(root.hi, y);
  Pair argument = {select(isLarge, x, sum.hi), select(isLarge, zero, sum.lo + root.lo)};
  return logOfPair(argument, select(isLarge, 1, zero));
}

Float expandAsinh(Float x) {
  Float size = abs(x);
  // Up to the first of these, x is the nearest number.
  Mask isCommon = (size > (x.emitter->isDouble() ? 0x1p-28 : 0x1p-13)) & (size < infinity);
  return select(isCommon, copySign(logOfSum(size, 1), x), x);
}

Float expandAcosh(Float x) {
  Float result = select(x < infinity, logOfSum(x, -1), x);
  return select(x < 1, notANumber, result);
}

Float expandAtanh(Float x) {
  Emitter &emitter = *x.emitter;
  Float size = abs(x), square = x * x;
  Float small = fma(x * (square * 0.5), polynomial(square, emitter.table.atanh), x);
  // ln ((1 + x) / (1 − x)) / 2 (NIST Handbook, 4.37.24).
  Float y = select(size < 1, size, 0.5), one = emitter.constant(1);
  Float large = logOfPair(fastTwoSum(one, y) / fastTwoSum(one, -y), emitter.constant(0)) * 0.5;
  large = select(size < 1, large, select(isEqual(size, 1), infinity, emitter.constant(notANumber)));
  return select(size < 0.171, small, copySign(large, x));
}

} // namespace theria::codegen
