//===- ArithRules.cpp - the rules of the arith dialect --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Rules/Functions.h"
#include "dialect/Rules/RuleTable.h"

using namespace mlir;
using namespace mlir::arith;

namespace theria::rules {

/// The partials of a maximum or a minimum: of the operand that is the result;
/// half each where both are.
static Partials ofChosen() {
  Expr tie = equal(a, b), first = equal(a, y);
  return {select(tie, 0.5, select(first, 1, 0)), select(tie, 0.5, select(first, 0, 1))};
}

static void transposeExt(ExtFOp op, OpBuilder &builder, Cotangents &cotangents) {
  cotangents.add(builder, op.getIn(),
                 TruncFOp::create(builder, op.getLoc(), op.getIn().getType(), cotangents.of(op.getOut())));
}

static void transposeTrunc(TruncFOp op, OpBuilder &builder, Cotangents &cotangents) {
  cotangents.add(builder, op.getIn(),
                 ExtFOp::create(builder, op.getLoc(), op.getIn().getType(), cotangents.of(op.getOut())));
}

namespace {
/// Bits of a float as an integer, or the reverse, have derivative zero as every
/// integer has; bits of one float type read as another are refused.
struct BitcastRule : Rule<BitcastRule, BitcastOp, RuleKind::Inactive> {
  LogicalResult linearise(Operation *op, OpBuilder &, Tangents &tangents) const {
    Value in = op->getOperand(0), out = op->getResult(0);
    return success(!isDifferentiable(out.getType()) || !tangents.of(in));
  }
};
} // namespace

void arithRules(RuleTable &table) {
  // clang-format off
  table.elementwise<NegFOp, [] { return Partials{-1}; }>();
  table.elementwise<AddFOp, [] { return Partials{1, 1}; }>();
  table.elementwise<SubFOp, [] { return Partials{1, -1}; }>();
  table.elementwise<MulFOp, [] { return Partials{b, a}; }>();
  table.elementwise<DivFOp, [] { return Partials{1 / b, -(y / b)}; }>();
  table.elementwise<RemFOp, [] { return Partials{1, nearest((y - a) / b)}; }>();
  table.elementwise<SelectOp, [] { return Partials{0, select(a, 1, 0), select(a, 0, 1)}; }>();
  table.elementwise<MaximumFOp, ofChosen>();
  table.elementwise<MinimumFOp, ofChosen>();
  table.elementwise<MaxNumFOp, ofChosen>();
  table.elementwise<MinNumFOp, ofChosen>();
  // clang-format on
  table.linear<ExtFOp, transposeExt>("arith.truncf");
  table.linear<TruncFOp, transposeTrunc>("arith.extf");
  table.custom<BitcastOp, BitcastRule>(RuleKind::Inactive, "refused between two float types");
  // Locally constant functions of floats.
  table.inactive<ConstantOp, CmpFOp, FPToSIOp, FPToUIOp>();
  // Integers have no derivative, and what is made of them is a constant.
  table.inactive<SIToFPOp, UIToFPOp, IndexCastOp, IndexCastUIOp, ExtSIOp, ExtUIOp, TruncIOp, CmpIOp>();
  table.inactive<AddIOp, AddUIExtendedOp, SubIOp, MulIOp, MulSIExtendedOp, MulUIExtendedOp, DivSIOp, DivUIOp,
                 CeilDivSIOp, CeilDivUIOp, FloorDivSIOp, RemSIOp, RemUIOp, AndIOp, OrIOp, XOrIOp, ShLIOp, ShRSIOp,
                 ShRUIOp, MaxSIOp, MaxUIOp, MinSIOp, MinUIOp>();
}

} // namespace theria::rules
