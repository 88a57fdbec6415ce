//===- EinsumPlan.h - the order of a contraction's products -----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_REFERENCE_EINSUMPLAN_H
#define THERIA_LIB_REFERENCE_EINSUMPLAN_H

#include "dialect/Equation.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace theria::reference {

/// One or two terms become one: their product, masked or not, summed over the
/// labels that nothing else needs.
struct EinsumStep {
  /// Positions among the terms: first the operands, then each step's result.
  llvm::SmallVector<unsigned, 2> terms;
  /// The labels of the result.
  std::string labels;
  bool isMasked = false;
  /// What is left of the mask's labels after the step: where a sum went over
  /// some of them, the mask becomes true where any summed one was.
  std::string where;
};

/// The steps that compute an einsum at the least cost, which is the elements
/// visited and written. A sum over a label of the mask is taken only in a step
/// that applies the mask, and the mask is applied to every product that follows
/// up to the last, so that a false element contributes nothing whatever any
/// operand holds. The search is exhaustive up to `kExhaustiveTerms` operands;
/// above that the cheapest step is taken until so many are left.
llvm::SmallVector<EinsumStep> planEinsum(const Equation &equation, bool hasMask,
                                         llvm::function_ref<double(char)> sizeOf);

inline constexpr unsigned kExhaustiveTerms = 4;

} // namespace theria::reference

#endif // THERIA_LIB_REFERENCE_EINSUMPLAN_H
