//===- Remainder.cpp - fmod -----------------------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Functions.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace theria::codegen {

namespace {
/// |x| = digits·2^(exponent − bias − mantissa).
struct Integer {
  explicit Integer(Float x);

  Bits exponent, digits;
};
} // namespace

Integer::Integer(Float x) : exponent(bitsOf(abs(x)) >> x.emitter->mantissa), digits(exponent) {
  Emitter &emitter = *x.emitter;
  Bits leading = emitter.bits(uint64_t(1) << emitter.mantissa), zero = emitter.bits(0);
  Mask isDenormal = isEqual(exponent, zero);
  digits = (bitsOf(x) & (leading - emitter.bits(1))) | select(isDenormal, zero, leading);
  exponent = select(isDenormal, emitter.bits(1), exponent);
}

/// dividend·2^count modulo the divisor, by long division: as many binary digits at once as an integer has left.
static Bits longDivision(Bits dividend, Bits divisor, Bits count) {
  Emitter &emitter = *dividend.emitter;
  OpBuilder &builder = emitter.builder;
  Bits most = emitter.bits(emitter.isDouble() ? 11 : 8), zero = emitter.bits(0);
  const Value start[] = {(dividend % divisor).value, count.value};
  auto loop = scf::WhileOp::create(
      builder, emitter.loc, TypeRange(ValueRange(start)), start,
      [&](OpBuilder &inner, Location loc, ValueRange state) {
        scf::ConditionOp::create(inner, loc, anyOf(!isEqual(Bits{&emitter, state[1]}, zero)), state);
      },
      [&](OpBuilder &inner, Location loc, ValueRange state) {
        Bits rest{&emitter, state[0]}, left{&emitter, state[1]};
        Bits digits = select(left < most, left, most);
        scf::YieldOp::create(inner, loc, {((rest << digits) % divisor).value, (left - digits).value});
      });
  return {&emitter, loop.getResult(0)};
}

/// digits·2^(exponent − bias − mantissa), which is exact.
static Float numberOf(Integer integer) {
  Emitter &emitter = *integer.digits.emitter;
  // The power may be none that the type has; each of two factors is.
  Bits first = (integer.exponent >> 1) + emitter.bits(emitter.mantissa / 2);
  Bits second = (integer.exponent - first) + emitter.bits(emitter.bias - emitter.mantissa);
  auto power = [&](Bits biased) { return floatOf(biased << emitter.mantissa); };
  return numberOf(integer.digits) * power(first) * power(second);
}

Float expandRem(Float x, Float y) {
  Emitter &emitter = *x.emitter;
  Integer dividend(x), divisor(y);
  Mask isValid = (abs(x) < infinity) & (abs(y) > 0);
  // Elsewhere the result is x or NaN, and the loop has nothing to do.
  Mask isDivided = isValid & !(abs(x) < abs(y));
  Bits zero = emitter.bits(0);
  divisor.digits = select(isDivided, divisor.digits, emitter.bits(1));
  Bits count = select(isDivided, dividend.exponent - divisor.exponent, zero);
  divisor.digits = longDivision(dividend.digits, divisor.digits, count);
  Float result = copySign(numberOf(divisor), x);
  return select(isValid, select(isDivided, result, x), notANumber);
}

} // namespace theria::codegen
