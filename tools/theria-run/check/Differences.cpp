//===- Differences.cpp - calculus against differences of the source -------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Compile.h"
#include "tools/theria-run/check/Check.h"

#include "llvm/Support/Format.h"

#include <cmath>
#include <random>

using namespace theria;
using namespace theria::run;
using llvm::Error;
using llvm::Expected;

/// Random weights of the real results, of their shapes.
static oracle::Tensors makeWeights(llvm::ArrayRef<oracle::Tensor> results, unsigned precision) {
  oracle::Tensors weights;
  // The same weights every time: a certificate can be repeated.
  std::mt19937_64 generator; // NOLINT(bugprone-random-generator-seed)
  for (const oracle::Tensor &result : results) {
    if (!result.isReal()) {
      weights.emplace_back();
      continue;
    }
    oracle::Tensor weight = oracle::Tensor::ofReals(result.getShape(), precision);
    // Between 1/2 and 1, of either sign: no element counts for little.
    for (oracle::Real &element : weight.editReals()) {
      const uint64_t bits = generator();
      mpfr_set_d(element.get(), std::ldexp(double(bits >> 12), -53) + 0.5, MPFR_RNDN);
      if (bits & 1)
        mpfr_neg(element.get(), element.get(), MPFR_RNDN);
    }
    weights.push_back(std::move(weight));
  }
  return weights;
}

std::string theria::run::formatDigits(double found, double size) {
  if (found == 0 || size == 0)
    return found == 0 ? "all digits agree" : "no digit agrees";
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.1f digits agree", std::max(0.0, std::log10(size / found)));
  return text;
}

/// Whether the function has a result that is infinite or NaN: at a pole, where differences take it for a constant.
static Expected<bool> isAtPole(const Case &one) {
  const size_t count = one.subject.getSignature().inputs.size();
  Expected<Derived> derived = one.subject.derive({});
  if (!derived)
    return derived.takeError();
  Expected<oracle::Tensors> results = one.subject.evaluate(*derived, one.inputs.take_front(count));
  if (!results)
    return results.takeError();
  return llvm::any_of(*results, [](const oracle::Tensor &result) {
    return result.isReal() &&
           llvm::any_of(result.reals(), [](const oracle::Real &element) { return !mpfr_number_p(element.get()); });
  });
}

Error theria::run::addDifferences(const Case &one, const Exact &exact, Certificate &certificate) {
  if (one.chain.empty()) {
    certificate.lines.push_back(otherLine("differences", Verdict::Absent, "no derivative is taken with --derive"));
    return Error::success();
  }
  one.progress("differences of the source");
  Expected<Derived> derived = one.subject.derive(one.chain);
  if (!derived)
    return derived.takeError();
  const oracle::Tensors weights = makeWeights(exact.results, one.precision());
  mlir::FailureOr<oracle::Real> wanted =
      oracle::evaluateWeighted(derived->function, toOracle(one.inputs, one.precision()), weights, one.precision());
  if (mlir::failed(wanted))
    return reported();
  const oracle::Real sum = oracle::weigh(exact.results, weights, one.precision());
  if (mpfr_nan_p(sum.get())) {
    Expected<bool> pole = isAtPole(one);
    if (!pole)
      return pole.takeError();
    if (*pole) {
      certificate.lines.push_back(
          otherLine("differences", Verdict::Undecided, "the source is infinite or NaN at these inputs"));
      return Error::success();
    }
  }
  oracle::Real difference(one.precision());
  mpfr_sub(difference.get(), sum.get(), wanted->get(), MPFR_RNDN);
  const double found = std::abs(difference.toDouble());
  double allowed = 0, size = 0;
  for (auto [result, weight, rounding] : llvm::zip_equal(exact.results, weights, exact.rounding))
    if (weight) {
      allowed += norm(weight) * rounding;
      size = std::max(size, norm(weight) * norm(result));
    }
  // Where a piece ends, a difference of order two or more grows as its step shrinks; where there is NaN, all is.
  const bool isKink = std::abs(wanted->toDouble()) > std::ldexp(std::max(size, 1.0), int(one.precision()) / 2);
  if (isKink || mpfr_nan_p(wanted->get())) {
    certificate.lines.push_back(otherLine("differences", Verdict::Undecided,
                                          isKink ? "the source is not smooth at these inputs"
                                                 : "differences of the source are NaN at these inputs"));
    return Error::success();
  }
  certificate.lines.push_back(compareLine("differences", found, allowed,
                                          "source and calculus, weighted by chance: " + formatDigits(found, size),
                                          "Cauchy-Schwarz on the weights and what rounding constants may change"));
  return Error::success();
}
