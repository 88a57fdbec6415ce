//===- Check.h - the certificate of a run -----------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A derivative is shown to be right in links of a chain, each with a tolerance
// that is derived: differences of the source's values equal what the rules of
// calculus make of it (differences), every later stage of the program equals
// the one before (stages), and the run equals the exact values of that program
// but for rounding (accuracy). Beside the chain stand identities that hold for
// any derivative, of the compiled programs alone (adjoint, symmetry, closure),
// and what is promised of the execution (memory, bits).
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_CHECK_CHECK_H
#define THERIA_RUN_CHECK_CHECK_H

#include "tools/theria-run/check/Certificate.h"
#include "tools/theria-run/check/Subject.h"

#include <functional>

namespace theria::run {

/// What is examined: the derivative `chain` of the subject at some inputs.
struct Case {
  const Subject &subject;
  Chain chain;
  llvm::ArrayRef<Tensor> inputs;
  /// Says what is done next.
  std::function<void(llvm::StringRef)> progress;

  unsigned precision() const { return subject.getOptions().precision; }
  /// Whether a line is asked for.
  bool wants(llvm::StringRef line) const {
    const auto &lines = subject.getOptions().checkLines;
    return lines.empty() || llvm::is_contained(lines, line);
  }
};

llvm::Expected<Certificate> certify(const Case &one);

// The lines, from the file of their name.
llvm::Error addAccuracy(const Case &one, const Exact &exact, const Program &program, Certificate &certificate);
llvm::Error addDifferences(const Case &one, const Exact &exact, Certificate &certificate);
llvm::Error addStages(const Case &one, const Exact &exact, Certificate &certificate);
/// Adjoint, symmetry and closure, of the function that is differentiated.
llvm::Error addIdentities(const Case &one, Certificate &certificate);
/// Memory and bits.
llvm::Error addExecution(const Case &one, const Program &program, Certificate &certificate);

/// Of several comparisons the one that comes closest to its tolerance, or exceeds it most.
struct Worst {
  double found = 0, allowed = 0;
  std::string where;

  void add(double otherFound, double otherAllowed, llvm::StringRef otherWhere);
};

/// "12.3 digits agree", of a difference and what it is a difference of.
std::string formatDigits(double found, double size);
/// The exact values of compiled results.
oracle::Tensors toOracle(llvm::ArrayRef<Tensor> tensors, unsigned precision);
/// A tensor of standard normal numbers for each input or output that is floating-point, none for others.
llvm::Expected<Arrays> makeRandom(llvm::ArrayRef<Port> ports, llvm::ArrayRef<llvm::SmallVector<int64_t>> shapes,
                                  uint64_t seed);

} // namespace theria::run

#endif // THERIA_RUN_CHECK_CHECK_H
