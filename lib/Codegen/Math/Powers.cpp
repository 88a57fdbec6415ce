//===- Powers.cpp - pow, and powers with integer exponents ----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Functions.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace theria::codegen {

/// exp2 (y · log2 x) in f64, whose digits leave only the last rounding to be seen in f32.
static Float magnitudeByDouble(Float x, Float y) {
  Emitter &emitter = *x.emitter;
  Type element = emitter.builder.getF64Type();
  auto vector = dyn_cast<VectorType>(emitter.type);
  Emitter wide(emitter.builder, emitter.loc, vector ? Type(vector.clone(element)) : element, emitter.hasFma);
  Float product = emitter.cast(y, wide) * expandLog2(emitter.cast(x, wide));
  return wide.cast(expandExp2(product), emitter);
}

/// log2 x of a positive number to about 2^-65 of itself, with 2 artanh s = 2s + 2/3·s³ + s⁵·polynomial as pairs.
static Pair accurateLog2(Float x) {
  Emitter &emitter = *x.emitter;
  const Coefficients &table = emitter.table;
  auto part = [&](const Coefficients::List &list) {
    return Pair{emitter.constant(list[0]), emitter.constant(list[1])};
  };
  auto [k, f] = reduceLog(x);
  Pair s = Pair{f, emitter.constant(0)} / fastTwoSum(emitter.constant(2), f);
  Pair square = s * s, third = part(table.twoThirds);
  Pair factor = fastTwoSum(third.hi, square.hi * polynomial(square.hi, table.atanhRest));
  factor.lo = factor.lo + third.lo;
  Pair cube = s * (square * factor);
  Pair natural = fastTwoSum(s.hi * 2, cube.hi);
  natural.lo = natural.lo + fma(s.lo, 2, cube.lo);
  Pair binary = natural * part(table.log2e);
  Pair sum = fastTwoSum(k, binary.hi);
  return fastTwoSum(sum.hi, sum.lo + binary.lo);
}

/// exp2 (y · log2 x), the product as a pair.
static Float magnitudeByPair(Float x, Float y) {
  Emitter &emitter = *x.emitter;
  Pair log = accurateLog2(x);
  log.hi = select(isEqual(x, 0), -infinity, select(x < infinity, log.hi, x));
  // An exponent beyond this leaves 0, 1 or infinity of every number, and none of the products overflows.
  Float exponent = clamp(y, -0x1p65, 0x1p65);
  Float product = exponent * log.hi;
  Float low = fma(exponent, log.lo, productError(exponent, log.hi, product));
  Float inside = clamp(product, -1077, 1025);
  low = select(isEqual(bitsOf(inside), bitsOf(product)), low, emitter.constant(0));
  double shift = roundingShift(emitter, 2 * emitter.bias);
  Float shifted = inside + shift;
  Float f = (inside - (shifted - shift)) + low;
  return scaleByPower(fma(f, polynomial(f, emitter.table.exp2), 1), bitsOf(shifted), inside);
}

Float expandPow(Float x, Float y) {
  Emitter &emitter = *x.emitter;
  Float result = emitter.isDouble() ? magnitudeByPair(abs(x), y) : magnitudeByDouble(abs(x), y);

  // Adding 2^digits rounds to an integer; what is not below it is an even one.
  double integers = double(1ull << emitter.mantissa);
  auto isWhole = [&](Float number) {
    return !(number < integers) | isEqual(bitsOf((number + integers) - integers), bitsOf(number));
  };
  Float size = abs(y);
  Mask whole = isWhole(size), odd = whole & !isWhole(size * 0.5);
  result = select(odd, copySign(result, x), result);
  result = select((x < 0) & (x > -infinity) & !whole, notANumber, result);
  Mask one = isEqual(y, 0) | isEqual(x, 1) | (isEqual(x, -1) & isEqual(size, infinity));
  return select(one, 1, result);
}

/// base^exponent by squaring, from the lowest bit of an unsigned exponent on (D. E. Knuth, The Art of Computer
/// Programming, volume 2, 4.6.3, algorithm A), for as many steps as the lane with the most needs.
template <typename Factor> static Factor powerBySquaring(Factor one, Factor base, Bits exponent) {
  Emitter &factors = *base.emitter, &integers = *exponent.emitter;
  OpBuilder &builder = integers.builder;
  const Value start[] = {one.value, base.value, exponent.value};
  auto loop = scf::WhileOp::create(
      builder, integers.loc, TypeRange(ValueRange(start)), start,
      [&](OpBuilder &inner, Location loc, ValueRange state) {
        Mask isDone = isEqual(Bits{&integers, state[2]}, integers.bits(0));
        scf::ConditionOp::create(inner, loc, anyOf(!isDone), state);
      },
      [&](OpBuilder &inner, Location loc, ValueRange state) {
        Factor product{&factors, state[0]}, square{&factors, state[1]};
        Bits left{&integers, state[2]};
        Mask isEven = isEqual(left & integers.bits(1), integers.bits(0));
        Factor next = select(isEven, product, product * square);
        scf::YieldOp::create(inner, loc, {next.value, (square * square).value, (left >> 1).value});
      });
  return Factor{&factors, loop.getResult(0)};
}

Float expandPowI(Float x, Bits n) {
  Emitter &integers = *n.emitter;
  unsigned width = getElementTypeOrSelf(integers.bitsType).getIntOrFloatBitWidth();
  uint64_t least = uint64_t(1) << (width - 1);
  Mask isLeast = isEqual(n, integers.bits(least)), isInverse = isNegative(n);
  Bits size = select(isInverse, integers.bits(0) - n, n);
  // That of the least integer is one more than there is.
  Float power = powerBySquaring(x.emitter->constant(1), x, select(isLeast, integers.bits(least - 1), size));
  power = select(isLeast, power * x, power);
  return select(isInverse, 1.0 / power, power);
}

Bits expandIPowI(Bits x, Bits n) {
  Emitter &integers = *x.emitter;
  Bits zero = integers.bits(0), one = integers.bits(1), minusOne = zero - one;
  Mask isInverse = isNegative(n);
  Bits power = powerBySquaring(one, x, select(isInverse, zero, n));
  // 1/x, rounded towards 0; that of 0 is checked elsewhere.
  Bits sign = select(isEqual(n & one, zero), one, minusOne);
  Bits inverse = select(isEqual(x, one), one, select(isEqual(x, minusOne), sign, zero));
  return select(isInverse, inverse, power);
}

} // namespace theria::codegen
