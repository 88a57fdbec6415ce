//===- Rounding.h - the rounding of a type, up or down by chance -*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How far the results of a program may be from the exact ones, because each
// operation rounds, is measured by letting each err up or down by chance
// (J. Vignes, A stochastic arithmetic for reliable scientific computation,
// Mathematics and Computers in Simulation 35, 1993).
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_ORACLE_ROUNDING_H
#define THERIA_LIB_ORACLE_ROUNDING_H

#include "lib/Oracle/Real.h"

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/APFloat.h"

#include <optional>

namespace theria::oracle {

/// What the operations of a float type do to their exact results, or nothing.
class RoundTo {
public:
  RoundTo() = default;
  RoundTo(const llvm::fltSemantics &type, uint64_t seed)
      : bits(llvm::APFloat::semanticsPrecision(type)), lowest(llvm::APFloat::semanticsMinExponent(type) - bits + 1),
        highest(llvm::APFloat::semanticsMaxExponent(type)), seed(seed) {}

  /// What the type can hold stays, and what is too large for it is infinite; the rest moves by half an ulp to a whole
  /// one, up or down as its own digits and the seed decide, so that an evaluation can be repeated and does not depend
  /// on threads. Rounding to nearest errs by half an ulp at most, a function of the generated code by a whole one;
  /// never less, because a few results that happen to lie close to a number of the type must not hide how far others
  /// lie.
  void operator()(mpfr_ptr number) const {
    if (bits)
      round(number);
  }

  /// Moves a sum of three terms or more by half an ulp of the largest, up or down by chance: in whatever order they are
  /// added, the largest takes part in an addition, which may round where those of this order are exact.
  void inAnyOrder(mpfr_ptr sum, mpfr_srcptr largest, int64_t terms) const {
    if (bits && terms > 2)
      moveByHalfUlp(sum, largest);
  }

private:
  void round(mpfr_ptr number) const;
  void moveByHalfUlp(mpfr_ptr sum, mpfr_srcptr of) const;
  /// Of the ulp of a number, as a power of two.
  long ulp(mpfr_srcptr number) const { return std::max<long>(mpfr_get_exp(number) - bits, lowest); }
  uint64_t chance(mpfr_srcptr number) const;

  int bits = 0;
  int lowest = 0;  ///< the ulp of subnormal numbers, as a power of two
  int highest = 0; ///< the largest power of two
  uint64_t seed = 0;
};

/// What all operations of an evaluation do.
class Rounding {
public:
  /// None.
  Rounding() = default;
  /// To their types; different seeds round differently.
  static Rounding byChance(uint64_t seed) {
    Rounding rounding;
    rounding.seed = seed;
    return rounding;
  }

  explicit operator bool() const { return seed.has_value(); }
  /// Of an operation with a result of this type; two of them that compute the same number in other ways round
  /// independently.
  RoundTo to(mlir::Type type, uint64_t operation) const;

private:
  std::optional<uint64_t> seed;
};

} // namespace theria::oracle

#endif // THERIA_LIB_ORACLE_ROUNDING_H
