//===- Integers.cpp - integers and conversions in the oracle --------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Oracle/Convert.h"
#include "lib/Oracle/Elements.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace theria::oracle {

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

template <auto function> static void unary(Elements &e) { e.set(function(e.integer(0))); }
template <auto function> static void binary(Elements &e) { e.set(function(e.integer(0), e.integer(1))); }

/// Division, where it has a result.
template <bool isSigned, auto function> static void divide(Elements &e) {
  const APInt a = e.integer(0), b = e.integer(1);
  if (b.isZero())
    e.fault = "expected a divisor other than 0, but found 0; divide by another";
  else if (isSigned && a.isMinSignedValue() && b.isAllOnes())
    e.fault = "expected a quotient that its type holds, but found the smallest integer divided by -1; use a wider type";
  else
    e.set(function(a, b));
}

/// A shift by all bits or more gives 0, to the right by sign the sign; upstream leaves it open.
template <auto function> static void shift(Elements &e) {
  const APInt amount = e.integer(1);
  e.set(function(e.integer(0), unsigned(amount.getLimitedValue(amount.getBitWidth()))));
}

/// The low and the high half of a product of twice the width.
template <bool isSigned> static void multiplyExtended(Elements &e) {
  const APInt a = e.integer(0), b = e.integer(1);
  const unsigned width = a.getBitWidth();
  const APInt whole = isSigned ? a.sext(2 * width) * b.sext(2 * width) : a.zext(2 * width) * b.zext(2 * width);
  e.set(whole.trunc(width), 0);
  e.set(whole.extractBits(width, width), 1);
}

static void addExtended(Elements &e) {
  bool overflows = false;
  e.set(e.integer(0).uadd_ov(e.integer(1), overflows), 0);
  e.set(APInt(1, overflows), 1);
}

/// x to the power of n: upstream rounds the inverse of a whole number towards 0.
static void power(Elements &e) {
  APInt base = e.integer(0), exponent = e.integer(1);
  const APInt one(base.getBitWidth(), 1);
  if (exponent.isNegative() && !base.isOne() && !base.isAllOnes()) {
    if (base.isZero())
      e.fault = "expected a base other than 0 of a negative power, but found 0; raise another";
    return e.set(one - one);
  }
  APInt result = one;
  for (APInt rest = exponent.abs(); !rest.isZero(); rest.lshrInPlace(1), base *= base)
    if (rest[0])
      result *= base;
  e.set(result);
}

static void compare(Elements &e) {
  using arith::CmpIPredicate;
  const APInt a = e.integer(0), b = e.integer(1);
  switch (cast<arith::CmpIOp>(e.getOp()).getPredicate()) {
  case CmpIPredicate::eq:
    return e.setFlag(a == b);
  case CmpIPredicate::ne:
    return e.setFlag(a != b);
  case CmpIPredicate::slt:
    return e.setFlag(a.slt(b));
  case CmpIPredicate::sle:
    return e.setFlag(a.sle(b));
  case CmpIPredicate::sgt:
    return e.setFlag(a.sgt(b));
  case CmpIPredicate::sge:
    return e.setFlag(a.sge(b));
  case CmpIPredicate::ult:
    return e.setFlag(a.ult(b));
  case CmpIPredicate::ule:
    return e.setFlag(a.ule(b));
  case CmpIPredicate::ugt:
    return e.setFlag(a.ugt(b));
  case CmpIPredicate::uge:
    return e.setFlag(a.uge(b));
  }
}

void addIntegerArithmetic(ElementTable &table) {
  table["arith.addi"] = binary<[](const APInt &a, const APInt &b) { return a + b; }>;
  table["arith.addui_extended"] = addExtended;
  table["arith.andi"] = binary<[](const APInt &a, const APInt &b) { return a & b; }>;
  table["arith.ceildivsi"] = divide<true, [](const APInt &a, const APInt &b) {
    return llvm::APIntOps::RoundingSDiv(a, b, APInt::Rounding::UP);
  }>;
  table["arith.ceildivui"] = divide<false, [](const APInt &a, const APInt &b) {
    return llvm::APIntOps::RoundingUDiv(a, b, APInt::Rounding::UP);
  }>;
  table["arith.cmpi"] = compare;
  table["arith.divsi"] = divide<true, [](const APInt &a, const APInt &b) { return a.sdiv(b); }>;
  table["arith.divui"] = divide<false, [](const APInt &a, const APInt &b) { return a.udiv(b); }>;
  table["arith.floordivsi"] = divide<true, [](const APInt &a, const APInt &b) {
    return llvm::APIntOps::RoundingSDiv(a, b, APInt::Rounding::DOWN);
  }>;
  table["arith.maxsi"] = binary<[](const APInt &a, const APInt &b) { return llvm::APIntOps::smax(a, b); }>;
  table["arith.maxui"] = binary<[](const APInt &a, const APInt &b) { return llvm::APIntOps::umax(a, b); }>;
  table["arith.minsi"] = binary<[](const APInt &a, const APInt &b) { return llvm::APIntOps::smin(a, b); }>;
  table["arith.minui"] = binary<[](const APInt &a, const APInt &b) { return llvm::APIntOps::umin(a, b); }>;
  table["arith.muli"] = binary<[](const APInt &a, const APInt &b) { return a * b; }>;
  table["arith.mulsi_extended"] = multiplyExtended<true>;
  table["arith.mului_extended"] = multiplyExtended<false>;
  table["arith.ori"] = binary<[](const APInt &a, const APInt &b) { return a | b; }>;
  table["arith.remsi"] = divide<true, [](const APInt &a, const APInt &b) { return a.srem(b); }>;
  table["arith.remui"] = divide<false, [](const APInt &a, const APInt &b) { return a.urem(b); }>;
  table["arith.shli"] = shift<[](const APInt &a, unsigned bits) { return a.shl(bits); }>;
  table["arith.shrsi"] = shift<[](const APInt &a, unsigned bits) { return a.ashr(bits); }>;
  table["arith.shrui"] = shift<[](const APInt &a, unsigned bits) { return a.lshr(bits); }>;
  table["arith.subi"] = binary<[](const APInt &a, const APInt &b) { return a - b; }>;
  table["arith.xori"] = binary<[](const APInt &a, const APInt &b) { return a ^ b; }>;
  table["math.absi"] = unary<[](const APInt &a) { return a.abs(); }>;
  table["math.ctlz"] = unary<[](const APInt &a) { return APInt(a.getBitWidth(), a.countl_zero()); }>;
  table["math.ctpop"] = unary<[](const APInt &a) { return APInt(a.getBitWidth(), a.popcount()); }>;
  table["math.cttz"] = unary<[](const APInt &a) { return APInt(a.getBitWidth(), a.countr_zero()); }>;
  table["math.ipowi"] = power;
}

//===----------------------------------------------------------------------===//
// Conversions
//===----------------------------------------------------------------------===//

static unsigned resultWidth(const Elements &e) { return widthOf(e.getOp()->getResult(0).getType()); }

static void extendSigned(Elements &e) { e.set(e.integer(0).sextOrTrunc(resultWidth(e))); }
static void extendUnsigned(Elements &e) { e.set(e.integer(0).zextOrTrunc(resultWidth(e))); }

static void fromSigned(Elements &e) { mpfr_set_sj(e.real(), e.integer(0).getSExtValue(), MPFR_RNDN); }
static void fromUnsigned(Elements &e) { mpfr_set_uj(e.real(), e.integer(0).getZExtValue(), MPFR_RNDN); }

/// Towards 0; what the type does not hold is the nearest that it does, and NaN 0.
static void toSigned(Elements &e) {
  const unsigned width = resultWidth(e);
  const APInt whole(64, uint64_t(mpfr_get_sj(e.real(0), MPFR_RNDZ)), /*isSigned=*/true);
  e.set(whole.truncSSat(width));
}
static void toUnsigned(Elements &e) {
  e.set(APInt(64, uint64_t(mpfr_get_uj(e.real(0), MPFR_RNDZ))).truncUSat(resultWidth(e)));
}

/// Numbers are not rounded to a type on their way.
static void same(Elements &e) { mpfr_set(e.real(), e.real(0), MPFR_RNDN); }

static void select(Elements &e) {
  const unsigned chosen = e.flag(0) ? 1 : 2;
  if (e.isReal(1))
    mpfr_set(e.real(), e.real(chosen), MPFR_RNDN);
  else
    e.set(e.integer(chosen));
}

/// The bits of a float are those of the nearest number that its type has.
static void bitcast(Elements &e) {
  Type from = getElementTypeOrSelf(e.getOp()->getOperand(0)), to = getElementTypeOrSelf(e.getOp()->getResult(0));
  const APInt bits = e.isReal(0) ? roundTo(e.real(0), cast<FloatType>(from)).bitcastToAPInt() : e.integer(0);
  if (auto type = dyn_cast<FloatType>(to))
    assign(e.real(), APFloat(type.getFloatSemantics(), bits));
  else
    e.set(bits);
}

void addConversions(ElementTable &table) {
  table["arith.bitcast"] = bitcast;
  table["arith.extf"] = same;
  table["arith.extsi"] = extendSigned;
  table["arith.extui"] = extendUnsigned;
  table["arith.fptosi"] = toSigned;
  table["arith.fptoui"] = toUnsigned;
  table["arith.index_cast"] = extendSigned;
  table["arith.index_castui"] = extendUnsigned;
  table["arith.select"] = select;
  table["arith.sitofp"] = fromSigned;
  table["arith.truncf"] = same;
  table["arith.trunci"] = extendUnsigned;
  table["arith.uitofp"] = fromUnsigned;
}

} // namespace theria::oracle
