//===- Trigonometric.cpp - sin, cos, tan, arctan --------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Functions.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace theria::codegen {

/// x + quarters·π/2 for |x| up to 2^17 (f32) or 2^30 (f64).
static QuarterTurns reduceModerate(Float x, unsigned quarters) {
  Emitter &emitter = *x.emitter;
  const Coefficients &table = emitter.table;
  double shift = roundingShift(emitter, quarters);
  Float shifted = fma(x, table.twoOverPi[0], shift);
  Float n = shifted - shift;
  // x − n·π/2 as r + low: the first step is exact; what rounding takes from the second is in low.
  Float product = n * -table.halfPi[1];
  auto [r, lost] = twoSum(fma(n, -table.halfPi[0], x), product);
  Float low = lost + fma(n, -table.halfPi[2], fma(n, -table.halfPi[1], -product));
  return {bitsOf(shifted), {r, low}};
}

namespace {
/// The sine and cosine of what is beside the quarter turns: r + sineRest and rounded + cosineRest.
struct WithinQuarter {
  explicit WithinQuarter(const Pair &r);

  Float r, sineRest, rounded, cosineRest;
};
} // namespace

WithinQuarter::WithinQuarter(const Pair &pair) : r(pair.hi), sineRest(r), rounded(r), cosineRest(r) {
  const Coefficients &table = r.emitter->table;
  Float square = r * r, half = square * 0.5;
  rounded = 1.0 - half;
  cosineRest = fma(square * square, polynomial(square, table.cos), ((1.0 - rounded) - half) - r * pair.lo);
  sineRest = fma(square * r, polynomial(square, table.sin), pair.lo * rounded);
}

static Mask isEvenQuarter(const QuarterTurns &turns) {
  Emitter &emitter = *turns.number.emitter;
  return isEqual(turns.number & emitter.bits(1), emitter.bits(0));
}

static Float sineOf(const QuarterTurns &turns) {
  Emitter &emitter = *turns.number.emitter;
  WithinQuarter within(turns.r);
  Float cosine = within.rounded + within.cosineRest;
  Float sine = within.r + within.sineRest;
  unsigned toSign = emitter.isDouble() ? 62 : 30;
  Bits sign = (turns.number & emitter.bits(2)) << toSign;
  return floatOf(bitsOf(select(isEvenQuarter(turns), sine, cosine)) ^ sign);
}

static Float tangentOf(const QuarterTurns &turns) {
  WithinQuarter within(turns.r);
  Pair sine = fastTwoSum(within.r, within.sineRest), cosine = fastTwoSum(within.rounded, within.cosineRest);
  // Of a number of quarter turns that is odd, −cos r / sin r.
  Mask isEven = isEvenQuarter(turns);
  Pair above = {select(isEven, sine.hi, -cosine.hi), select(isEven, sine.lo, -cosine.lo)};
  Pair below = {select(isEven, cosine.hi, sine.hi), select(isEven, cosine.lo, sine.lo)};
  Pair quotient = above / below;
  return quotient.hi + quotient.lo;
}

/// Calls the scalar function for each lane.
template <typename Op> static Float callForEachLane(OpBuilder &builder, Float x) {
  Emitter &emitter = *x.emitter;
  auto vector = dyn_cast<VectorType>(emitter.type);
  if (!vector)
    return emitter.wrap(Op::create(builder, emitter.loc, x.value));
  return emitter.wrap(unrollToScalars(builder, emitter.loc, vector, [&](ArrayRef<int64_t> position) -> Value {
    Value lane = vector::ExtractOp::create(builder, emitter.loc, x.value, position);
    return Op::create(builder, emitter.loc, lane);
  }));
}

/// The function of quarter turns where x is moderate; where any lane is not, a reduction of larger numbers for those
/// lanes, or calls of libm.
template <typename Op> static Float ofAngle(Float x, unsigned quarters, Float (*function)(const QuarterTurns &)) {
  Emitter &emitter = *x.emitter;
  Float fast = function(reduceModerate(x, quarters));
  Mask large = abs(x) > (emitter.isDouble() ? 0x1p30 : 0x1p17);
  auto whole = scf::IfOp::create(
      emitter.builder, emitter.loc, anyOf(large),
      [&](OpBuilder &builder, Location loc) {
        Float slow = emitter.isComplete ? function(reduceLarge(x, quarters)) : callForEachLane<Op>(builder, x);
        Value mixed = arith::SelectOp::create(builder, loc, large.value, slow.value, fast.value);
        scf::YieldOp::create(builder, loc, mixed);
      },
      [&](OpBuilder &builder, Location loc) { scf::YieldOp::create(builder, loc, fast.value); });
  return emitter.wrap(whole.getResult(0));
}

/// The number itself where it is the nearest one, which keeps −0.
static Float unlessTiny(Float x, Float result) {
  return select(abs(x) < (x.emitter->isDouble() ? 0x1p-27 : 0x1p-12), x, result);
}

Float expandSin(Float x) { return unlessTiny(x, ofAngle<math::SinOp>(x, 0, sineOf)); }

Float expandCos(Float x) { return ofAngle<math::CosOp>(x, 1, sineOf); }

Float expandTan(Float x) { return unlessTiny(x, ofAngle<math::TanOp>(x, 0, tangentOf)); }

Float expandAtan(Float x) {
  Emitter &emitter = *x.emitter;
  const Coefficients::List &halfPi = emitter.table.halfPi;
  Float zero = emitter.constant(0);
  // From this end on, the result is π/2.
  Float y = clamp(abs(x), 0, 0x1p60);
  // arctan y = π/2 + arctan (−1/y) above 1 + √2, π/4 + arctan ((y − 1) / (y + 1)) above √2 − 1.
  Mask isLarge = y > 0x1.3504f4p+1, isMiddle = y > 0x1.a8279ap-2;
  Float above = select(isLarge, -1, select(isMiddle, y - 1, y));
  Float below = select(isLarge, y, select(isMiddle, y + 1, 1));
  Float t = above / below;
  // What the quotient has lost, and y − 1 and y + 1 before it.
  Mask isShifted = isMiddle & !isLarge;
  Float lost = select(isShifted, fma(-t, y - (below - 1), y - (above + 1)), zero);
  lost = (residual(above, t, below) + lost) / below;

  Float start = select(isLarge, halfPi[0], select(isMiddle, halfPi[0] / 2, zero));
  Float low = select(isLarge, halfPi[1], select(isMiddle, halfPi[1] / 2, zero));
  Float square = t * t;
  Float rest = fma(t * square, polynomial(square, emitter.table.atan), low + lost);
  Pair sum = fastTwoSum(start, t);
  return copySign(sum.hi + (sum.lo + rest), x);
}

} // namespace theria::codegen
