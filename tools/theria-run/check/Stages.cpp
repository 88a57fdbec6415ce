//===- Stages.cpp - each stage against the one before ---------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/check/Check.h"

using namespace theria;
using namespace theria::run;
using llvm::Error;
using llvm::Expected;

namespace {
/// What the oracle makes of one stage after the other.
class StageComparison {
public:
  StageComparison(const Case &one, const Exact &exact, Certificate &certificate)
      : one(one), exact(exact), certificate(certificate) {}

  /// Compares the values of a stage with those of the last.
  void add(llvm::StringRef name, const oracle::Tensors &results);
  Error add(llvm::StringRef name, Expected<Derived> derived);

private:
  const Case &one;
  const Exact &exact;
  Certificate &certificate;
  oracle::Tensors before;
  std::string nameBefore;
};
} // namespace

void StageComparison::add(llvm::StringRef name, const oracle::Tensors &results) {
  if (!nameBefore.empty()) {
    Worst worst;
    double size = 0, digits = 0;
    for (auto [number, result] : llvm::enumerate(results)) {
      const double found = distance(result, before[number]);
      worst.add(found, exact.rounding[number], "result " + std::to_string(number));
      if (found > digits)
        digits = found, size = norm(before[number]);
    }
    certificate.lines.push_back(compareLine("stages", worst.found, worst.allowed,
                                            nameBefore + " and " + name.str() + ": " + formatDigits(digits, size),
                                            "what rounding constants may change"));
  }
  before = results;
  nameBefore = name.str();
}

Error StageComparison::add(llvm::StringRef name, Expected<Derived> derived) {
  if (!derived)
    return derived.takeError();
  one.progress(("stage " + name).str());
  Expected<oracle::Tensors> results = one.subject.evaluate(*derived, one.inputs);
  if (!results)
    return results.takeError();
  add(name, *results);
  return Error::success();
}

Error theria::run::addStages(const Case &one, const Exact &exact, Certificate &certificate) {
  StageComparison comparison(one, exact, certificate);
  // The source of a derivative is compared through differences.
  if (one.chain.empty())
    if (Error err = comparison.add("source", one.subject.derive(one.chain)))
      return err;
  comparison.add("calculus", exact.results);
  if (one.subject.getOptions().path == Path::Reference) {
    comparison.add("simplified", exact.last);
    return Error::success();
  }
  if (Error err = comparison.add("simplified", one.subject.derive(one.chain, ProgramStage::Simplified)))
    return err;
  comparison.add("tile program", exact.last);
  return Error::success();
}
