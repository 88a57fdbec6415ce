//===- Rounding.h - the rounding of a type, up or down by chance -*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How far the results of a program may be from the exact ones, because each
// operation rounds, is measured by letting each round up or down by chance
// (J. Vignes, A stochastic arithmetic for reliable scientific computation,
// Mathematics and Computers in Simulation 35, 1993).
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_ORACLE_ROUNDING_H
#define THERIA_LIB_ORACLE_ROUNDING_H

#include "lib/Oracle/Real.h"

#include "mlir/IR/BuiltinTypes.h"

#include <optional>

namespace theria::oracle {

/// Rounds to a significand of some bits, or leaves numbers as they are.
class RoundTo {
public:
  RoundTo() = default;
  RoundTo(unsigned bits, uint64_t seed) : bits(bits), seed(seed) {}

  /// What needs no rounding stays; the rest goes up or down as its own digits and the seed decide, so that an
  /// evaluation can be repeated and does not depend on threads.
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
  uint64_t chance(mpfr_srcptr number) const;

  unsigned bits = 0;
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
