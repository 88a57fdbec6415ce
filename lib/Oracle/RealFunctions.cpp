//===- RealFunctions.cpp - functions of real numbers in the oracle --------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each operation of arith and math on floats, as the function of real numbers
// (with infinities, signed zeros and NaN) that it stands for.
//
//===----------------------------------------------------------------------===//

#include "lib/Oracle/Elements.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace theria::oracle {

template <int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t)> static void unary(Elements &e) {
  function(e.real(), e.real(0), MPFR_RNDN);
}

template <int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t)> static void binary(Elements &e) {
  function(e.real(), e.real(0), e.real(1), MPFR_RNDN);
}

/// To an integer that is a neighbour.
template <int (*function)(mpfr_ptr, mpfr_srcptr)> static void toInteger(Elements &e) { function(e.real(), e.real(0)); }

/// The larger or smaller of two, NaN where one is.
template <int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t)> static void extremum(Elements &e) {
  if (mpfr_nan_p(e.real(0)) || mpfr_nan_p(e.real(1)))
    return mpfr_set_nan(e.real());
  function(e.real(), e.real(0), e.real(1), MPFR_RNDN);
}

static void rsqrt(Elements &e) {
  mpfr_rec_sqrt(e.real(), e.real(0), MPFR_RNDN);
  if (mpfr_zero_p(e.real(0)))
    mpfr_setsign(e.real(), e.real(), mpfr_signbit(e.real(0)), MPFR_RNDN);
}

static void copySign(Elements &e) { mpfr_copysign(e.real(), e.real(0), e.real(1), MPFR_RNDN); }

static void fma(Elements &e) { mpfr_fma(e.real(), e.real(0), e.real(1), e.real(2), MPFR_RNDN); }

/// The smaller of (the larger of the value and the lower bound) and the upper bound.
static void clamp(Elements &e) {
  for (unsigned operand = 0; operand < 3; ++operand)
    if (mpfr_nan_p(e.real(operand)))
      return mpfr_set_nan(e.real());
  mpfr_max(e.real(), e.real(0), e.real(1), MPFR_RNDN);
  mpfr_min(e.real(), e.real(), e.real(2), MPFR_RNDN);
}

static void sinCos(Elements &e) { mpfr_sin_cos(e.realResult(0), e.realResult(1), e.real(0), MPFR_RNDN); }

static void integerPower(Elements &e) { mpfr_pow_si(e.real(), e.real(0), e.integer(1).getSExtValue(), MPFR_RNDN); }

static void isFinite(Elements &e) { e.setFlag(mpfr_number_p(e.real(0))); }
static void isInfinite(Elements &e) { e.setFlag(mpfr_inf_p(e.real(0))); }
static void isNaN(Elements &e) { e.setFlag(mpfr_nan_p(e.real(0))); }

/// In the operand's type.
static void isNormal(Elements &e) {
  auto type = cast<FloatType>(getElementTypeOrSelf(e.getOp()->getOperand(0)));
  const int smallest = APFloat::semanticsMinExponent(type.getFloatSemantics());
  // MPFR's significands are at least ½ and below 1.
  e.setFlag(mpfr_regular_p(e.real(0)) && mpfr_get_exp(e.real(0)) > smallest);
}

static void compare(Elements &e) {
  using arith::CmpFPredicate;
  const bool unordered = mpfr_unordered_p(e.real(0), e.real(1));
  const int order = unordered ? 0 : mpfr_cmp(e.real(0), e.real(1));
  const bool equal = !unordered && order == 0, less = order < 0, greater = order > 0;
  switch (cast<arith::CmpFOp>(e.getOp()).getPredicate()) {
  case CmpFPredicate::AlwaysFalse:
    return e.setFlag(false);
  case CmpFPredicate::OEQ:
    return e.setFlag(equal);
  case CmpFPredicate::OGT:
    return e.setFlag(greater);
  case CmpFPredicate::OGE:
    return e.setFlag(greater || equal);
  case CmpFPredicate::OLT:
    return e.setFlag(less);
  case CmpFPredicate::OLE:
    return e.setFlag(less || equal);
  case CmpFPredicate::ONE:
    return e.setFlag(less || greater);
  case CmpFPredicate::ORD:
    return e.setFlag(!unordered);
  case CmpFPredicate::UEQ:
    return e.setFlag(unordered || equal);
  case CmpFPredicate::UGT:
    return e.setFlag(unordered || greater);
  case CmpFPredicate::UGE:
    return e.setFlag(unordered || greater || equal);
  case CmpFPredicate::ULT:
    return e.setFlag(unordered || less);
  case CmpFPredicate::ULE:
    return e.setFlag(unordered || less || equal);
  case CmpFPredicate::UNE:
    return e.setFlag(!equal);
  case CmpFPredicate::UNO:
    return e.setFlag(unordered);
  case CmpFPredicate::AlwaysTrue:
    return e.setFlag(true);
  }
}

void addRealArithmetic(ElementTable &table) {
  table["arith.addf"] = binary<mpfr_add>;
  table["arith.cmpf"] = compare;
  table["arith.divf"] = binary<mpfr_div>;
  table["arith.maximumf"] = extremum<mpfr_max>;
  table["arith.maxnumf"] = binary<mpfr_max>;
  table["arith.minimumf"] = extremum<mpfr_min>;
  table["arith.minnumf"] = binary<mpfr_min>;
  table["arith.mulf"] = binary<mpfr_mul>;
  table["arith.negf"] = unary<mpfr_neg>;
  table["arith.remf"] = binary<mpfr_fmod>;
  table["arith.subf"] = binary<mpfr_sub>;
}

void addFunctions(ElementTable &table) {
  table["math.absf"] = unary<mpfr_abs>;
  table["math.acos"] = unary<mpfr_acos>;
  table["math.acosh"] = unary<mpfr_acosh>;
  table["math.asin"] = unary<mpfr_asin>;
  table["math.asinh"] = unary<mpfr_asinh>;
  table["math.atan"] = unary<mpfr_atan>;
  table["math.atan2"] = binary<mpfr_atan2>;
  table["math.atanh"] = unary<mpfr_atanh>;
  table["math.cbrt"] = unary<mpfr_cbrt>;
  table["math.ceil"] = toInteger<mpfr_ceil>;
  table["math.clampf"] = clamp;
  table["math.copysign"] = copySign;
  table["math.cos"] = unary<mpfr_cos>;
  table["math.cosh"] = unary<mpfr_cosh>;
  table["math.erf"] = unary<mpfr_erf>;
  table["math.erfc"] = unary<mpfr_erfc>;
  table["math.exp"] = unary<mpfr_exp>;
  table["math.exp2"] = unary<mpfr_exp2>;
  table["math.expm1"] = unary<mpfr_expm1>;
  table["math.floor"] = toInteger<mpfr_floor>;
  table["math.fma"] = fma;
  table["math.fpowi"] = integerPower;
  table["math.isfinite"] = isFinite;
  table["math.isinf"] = isInfinite;
  table["math.isnan"] = isNaN;
  table["math.isnormal"] = isNormal;
  table["math.log"] = unary<mpfr_log>;
  table["math.log10"] = unary<mpfr_log10>;
  table["math.log1p"] = unary<mpfr_log1p>;
  table["math.log2"] = unary<mpfr_log2>;
  table["math.powf"] = binary<mpfr_pow>;
  table["math.round"] = toInteger<mpfr_round>;
  table["math.roundeven"] = toInteger<mpfr_roundeven>;
  table["math.rsqrt"] = rsqrt;
  table["math.sin"] = unary<mpfr_sin>;
  table["math.sincos"] = sinCos;
  table["math.sinh"] = unary<mpfr_sinh>;
  table["math.sqrt"] = unary<mpfr_sqrt>;
  table["math.tan"] = unary<mpfr_tan>;
  table["math.tanh"] = unary<mpfr_tanh>;
  table["math.trunc"] = toInteger<mpfr_trunc>;
}

} // namespace theria::oracle
