//===- Equation.h - the index notation of einsum ----------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_DIALECT_EQUATION_H
#define THERIA_DIALECT_EQUATION_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace theria {

/// The labels of an einsum: one letter a dimension, for each operand, the result and the mask.
struct Equation {
  llvm::SmallVector<std::string, 2> inputs;
  std::string result;
  std::string where;

  static constexpr unsigned maxLabels = 52;
  /// The label of a position below `maxLabels`: a, b, …, z, A, …, Z.
  static char labelAt(unsigned position) { return char(position < 26 ? 'a' + position : 'A' + position - 26); }

  /// Splits "ab,bc->ac"; no check but of the arrow.
  static bool parse(llvm::StringRef text, llvm::StringRef where, Equation &equation);

  /// "ab,bc->ac".
  std::string str() const;

  /// Labels of the result that no input has, in the result's order.
  std::string newLabels() const;

  bool inputsHave(char label) const;

  /// The smallest letter that stands nowhere in the equation.
  char freshLabel() const;
};

/// The labels that stand in both.
std::string intersect(llvm::StringRef a, llvm::StringRef b);
/// The labels of `a` that are not in `b`.
std::string subtract(llvm::StringRef a, llvm::StringRef b);
/// Whether every label of `a` is in `b`.
bool isSubset(llvm::StringRef a, llvm::StringRef b);

} // namespace theria

#endif // THERIA_DIALECT_EQUATION_H
