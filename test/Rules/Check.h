//===- Check.h - derivatives against differences ----------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_RULES_CHECK_H
#define THERIA_TEST_RULES_CHECK_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SmallVector.h"
#include <limits>
#include <string>
#include <utility>

namespace theria::test {

/// How a test input wants its function `@f` to be checked; given by comment lines of the input.
struct Plan {
  /// `// range 0.2 0.9, 1.5 3`: where the elements of each argument lie; the last range serves all further arguments.
  llvm::SmallVector<std::pair<double, double>> ranges{{-0.9, 0.9}};
  /// `// derivative zero`: the derivative is declared to be zero, whatever differences say.
  bool zero = false;
  /// `// vjp only`: the function has no JVP.
  bool vjpOnly = false;
  /// `// precision f32`: the function rounds to f32 on its way.
  double epsilon = std::numeric_limits<double>::epsilon();
};

/// What is reported of a check: errors relative to their tolerances, or what went wrong.
struct Outcome {
  double jvp = 0, vjp = 0, second = 0, hvp = 0;
  std::string problem;
};

/// Compares, at a seeded random point and along random directions,
///   the JVP with central differences of the function,
///   the VJP with the JVP (with differences, where there is no JVP): ⟨J ẋ, ȳ⟩ = ⟨ẋ, Jᵀȳ⟩,
///   the JVP of the JVP with central differences of the JVP,
///   the HVP with the JVP of the JVP: ⟨ȳ, J̇(s) ẋ⟩ = ⟨ẋ, hvp(ȳ, s)⟩.
/// Consumes the module.
Outcome check(mlir::func::FuncOp function, const Plan &plan);

} // namespace theria::test

#endif // THERIA_TEST_RULES_CHECK_H
