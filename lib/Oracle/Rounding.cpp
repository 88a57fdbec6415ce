//===- Rounding.cpp - the rounding of a type, up or down by chance --------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Oracle/Rounding.h"

#include "mlir/IR/TypeUtilities.h"

using namespace theria::oracle;

/// The finaliser of MurmurHash3: every bit of the input moves about half of those of the result.
static uint64_t mix(uint64_t bits) {
  bits = (bits ^ (bits >> 33)) * 0xff51afd7ed558ccd;
  bits = (bits ^ (bits >> 33)) * 0xc4ceb9fe1a85ec53;
  return bits ^ (bits >> 33);
}

/// Decided by the number's digits and the seed.
uint64_t RoundTo::chance(mpfr_srcptr number) const {
  uint64_t hash = seed;
  const auto *limbs = static_cast<const mp_limb_t *>(mpfr_custom_get_significand(number));
  const mpfr_prec_t count = (mpfr_get_prec(number) - 1) / GMP_NUMB_BITS + 1;
  for (mpfr_prec_t limb = 0; limb < count; ++limb)
    hash = mix(hash ^ limbs[limb]);
  return mix(hash ^ uint64_t(mpfr_get_exp(number)));
}

/// Adds part·2^exponent.
static void move(mpfr_ptr number, double part, long exponent) {
  Real change(part, std::numeric_limits<double>::digits);
  mpfr_mul_2si(change.get(), change.get(), exponent, MPFR_RNDN);
  mpfr_add(number, number, change.get(), MPFR_RNDN);
}

void RoundTo::round(mpfr_ptr number) const {
  if (mpfr_regular_p(number) && mpfr_get_exp(number) - 1 > highest)
    return mpfr_set_inf(number, mpfr_sgn(number));
  if (!mpfr_regular_p(number) || mpfr_get_exp(number) - mpfr_min_prec(number) >= ulp(number))
    return;
  const uint64_t hash = chance(number);
  const double part = 0.5 + 0.5 * double(hash >> 48) / 0x1p16;
  move(number, hash & 1 ? part : -part, ulp(number));
}

void RoundTo::moveByHalfUlp(mpfr_ptr sum, mpfr_srcptr of) const {
  if (mpfr_number_p(sum) && mpfr_regular_p(of))
    move(sum, chance(of) & 1 ? 0.5 : -0.5, ulp(of));
}

RoundTo Rounding::to(mlir::Type type, uint64_t operation) const {
  auto element = llvm::dyn_cast<mlir::FloatType>(mlir::getElementTypeOrSelf(type));
  return seed && element ? RoundTo(element.getFloatSemantics(), mix(*seed ^ mix(operation))) : RoundTo();
}
