//===- CheckIntegers.cpp - integer division -------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "dialect/Theria.h"
#include "lib/Reference/Checks.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using arith::CmpIPredicate;

namespace theria::reference {
#define GEN_PASS_DEF_CHECKINTEGERS
#include "lib/Reference/Passes.h.inc"

namespace {

struct CheckIntegers : impl::CheckIntegersBase<CheckIntegers> {
  void runOnOperation() override;
};

} // namespace

static Value constant(CheckBuilder &checks, Type type, const APInt &value) {
  return checks.constant(IntegerAttr::get(type, value));
}

static unsigned bitWidth(Type type) {
  return type.isIndex() ? IndexType::kInternalStorageBitWidth : type.getIntOrFloatBitWidth();
}

static void checkZero(Operation *op) {
  Value divisor = op->getOperand(1);
  Type type = divisor.getType();
  if (!type.isIntOrIndex())
    return;
  CheckBuilder checks(op);
  Value zero = constant(checks, type, APInt::getZero(bitWidth(type)));
  checks.require(checks.compare(CmpIPredicate::ne, divisor, zero),
                 "expected a divisor other than 0, but found {0} divided by 0; "
                 "guard the division",
                 {checks.asIndex(op->getOperand(0))});
}

static void checkOverflow(Operation *op) {
  Value dividend = op->getOperand(0), divisor = op->getOperand(1);
  Type type = divisor.getType();
  if (!type.isIntOrIndex())
    return;
  CheckBuilder checks(op);
  unsigned width = bitWidth(type);
  Value least = constant(checks, type, APInt::getSignedMinValue(width));
  Value minusOne = constant(checks, type, APInt::getAllOnes(width));
  checks.require(checks.either(checks.compare(CmpIPredicate::ne, dividend, least),
                               checks.compare(CmpIPredicate::ne, divisor, minusOne)),
                 "expected a quotient of " + Twine(width) + " bits, but found {0} divided by -1; guard the division",
                 {checks.asIndex(dividend)});
}

/// 0 to a negative power divides by 0.
static void check(math::IPowIOp op) {
  Type type = op.getType();
  if (!type.isIntOrIndex())
    return;
  CheckBuilder checks(op);
  Value zero = constant(checks, type, APInt::getZero(bitWidth(type)));
  checks.require(checks.either(checks.compare(CmpIPredicate::ne, op.getLhs(), zero),
                               checks.compare(CmpIPredicate::sge, op.getRhs(), zero)),
                 "expected a base other than 0 for a negative power, but found "
                 "0 to the power of {0}; guard the operation",
                 {checks.asIndex(op.getRhs())});
}

void CheckIntegers::runOnOperation() {
  getOperation().walk([](Operation *op) {
    llvm::TypeSwitch<Operation *>(op)
        .Case<arith::DivUIOp, arith::CeilDivUIOp, arith::RemUIOp>([](auto division) { checkZero(division); })
        .Case<arith::DivSIOp, arith::CeilDivSIOp, arith::FloorDivSIOp, arith::RemSIOp>([](auto division) {
          checkZero(division);
          checkOverflow(division);
        })
        .Case([](math::IPowIOp power) { check(power); });
  });
}

} // namespace theria::reference
