//===- MathRules.cpp - the rules of the math dialect ----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Rules/Functions.h"
#include "dialect/Rules/RuleTable.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::math;
using namespace llvm::numbers;

namespace theria::rules {

static Partials absolute() { return {select(equal(x, 0), 0, select(less(x, 0), -1, 1))}; }

static Partials sized() {
  // The size of |a| with the sign of b: |a|' times that sign.
  return {select(equal(a, 0), 0, copysign(1, a) * copysign(1, b)), 0};
}

/// A clamp is one of its operands; two that both are the result have half each.
static Partials clamped() {
  Expr inside = equal(y, a), first = equal(y, b), second = equal(y, c);
  return {select(inside, select(first, 0.5, select(second, 0.5, 1)), 0),
          select(inside, select(first, 0.5, 0), select(first, 1, 0)),
          select(inside, select(first, 0, select(second, 0.5, 0)), select(first, 0, 1))};
}

static Partials angle() {
  Expr square = a * a + b * b;
  return {b / square, -(a / square)};
}

static Partials power() {
  // The exponents 0 and base 0 are kept from 0·∞: x⁰ is 1 everywhere, and
  // xᵖ·log x tends to 0 with x for every positive p.
  Expr less = select(equal(b, 0), 1, b - 1);
  return {b * pow(a, less), y * log(select(equal(a, 0), 1, a))};
}

void mathRules(RuleTable &table) {
  // clang-format off
  table.elementwise<AbsFOp, absolute>();
  table.elementwise<AcosOp, [] { return Partials{-(1 / sqrt((1 - x) * (1 + x)))}; }>();
  table.elementwise<AcoshOp, [] { return Partials{1 / (sqrt(x - 1) * sqrt(x + 1))}; }>();
  table.elementwise<AsinOp, [] { return Partials{1 / sqrt((1 - x) * (1 + x))}; }>();
  table.elementwise<AsinhOp, [] { return Partials{1 / sqrt(x * x + 1)}; }>();
  table.elementwise<AtanOp, [] { return Partials{1 / (x * x + 1)}; }>();
  table.elementwise<Atan2Op, angle>();
  table.elementwise<AtanhOp, [] { return Partials{1 / ((1 - x) * (1 + x))}; }>();
  table.elementwise<CbrtOp, [] { return Partials{1 / (3 * (y * y))}; }>();
  table.elementwise<ClampFOp, clamped>();
  table.elementwise<CopySignOp, sized>();
  table.elementwise<CosOp, [] { return Partials{-sin(x)}; }>();
  table.elementwise<CoshOp, [] { return Partials{sinh(x)}; }>();
  table.elementwise<ErfOp, [] { return Partials{2 * inv_sqrtpi * exp(-(x * x))}; }>();
  table.elementwise<ErfcOp, [] { return Partials{-(2 * inv_sqrtpi * exp(-(x * x)))}; }>();
  table.elementwise<ExpOp, [] { return Partials{y}; }>();
  table.elementwise<Exp2Op, [] { return Partials{ln2 * y}; }>();
  table.elementwise<ExpM1Op, [] { return Partials{exp(x)}; }>();
  table.elementwise<FmaOp, [] { return Partials{b, a, 1}; }>();
  table.elementwise<FPowIOp, [] { return Partials{toFloat(b) * fpowi(a, predecessor(b)), 0}; }>();
  table.elementwise<LogOp, [] { return Partials{1 / x}; }>();
  table.elementwise<Log10Op, [] { return Partials{1 / (ln10 * x)}; }>();
  table.elementwise<Log1pOp, [] { return Partials{1 / (1 + x)}; }>();
  table.elementwise<Log2Op, [] { return Partials{1 / (ln2 * x)}; }>();
  table.elementwise<PowFOp, power>();
  table.elementwise<RsqrtOp, [] { return Partials{-(0.5 * y / x)}; }>();
  table.elementwise<SinOp, [] { return Partials{cos(x)}; }>();
  table.elementwise<SincosOp, [] { return Partials{y1, -y}; }>();
  table.elementwise<SinhOp, [] { return Partials{cosh(x)}; }>();
  table.elementwise<SqrtOp, [] { return Partials{0.5 / y}; }>();
  table.elementwise<TanOp, [] { return Partials{1 + y * y}; }>();
  table.elementwise<TanhOp, [] { return Partials{1 - y * y}; }>();
  // clang-format on
  // Locally constant functions of floats.
  table.inactive<CeilOp, FloorOp, RoundOp, RoundEvenOp, TruncOp, IsFiniteOp, IsInfOp, IsNaNOp, IsNormalOp>();
  // Integers have no derivative.
  table.inactive<AbsIOp, CountLeadingZerosOp, CountTrailingZerosOp, CtPopOp, IPowIOp>();
}

} // namespace theria::rules
