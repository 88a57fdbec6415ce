//===- Accuracy.cpp - a run against exact values --------------------------===//
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

/// Takes away what a type could not hold: where the reference overflows too, the exact value says nothing. Returns how
/// many elements that are.
static int64_t dropOverflow(oracle::Tensor &exact, oracle::Tensor &got, const oracle::Tensor &reference) {
  if (!exact.isReal())
    return 0;
  int64_t dropped = 0;
  for (int64_t element = 0; element < exact.size(); ++element) {
    if (!mpfr_number_p(exact.reals()[element].get()) || mpfr_number_p(reference.reals()[element].get()) ||
        mpfr_number_p(got.reals()[element].get()))
      continue;
    mpfr_set_zero(exact.editReals()[element].get(), 1);
    mpfr_set_zero(got.editReals()[element].get(), 1);
    ++dropped;
  }
  return dropped;
}

/// What the reference path gives.
static Expected<Arrays> runPlainly(const Case &one) {
  Expected<Program> program = one.subject.compile(one.chain, Path::Reference);
  if (!program)
    return program.takeError();
  return one.subject.run(program->engine, one.chain, one.inputs);
}

/// One line: the errors of some results. `excused` says how much more of each is allowed.
static Line compareResults(const Signature &signature, const Exact &exact, oracle::Tensors results,
                           llvm::ArrayRef<oracle::Tensor> reference, llvm::ArrayRef<double> excused, std::string path) {
  oracle::Tensors wanted = exact.results;
  Worst worst;
  int64_t dropped = 0;
  for (auto [number, output] : llvm::enumerate(signature.outputs)) {
    dropped += dropOverflow(wanted[number], results[number], reference[number]);
    worst.add(distance(results[number], wanted[number]), excused[number] + exact.rounding[number], output.name);
  }
  std::string what = "error of " + (worst.where.empty() ? "nothing" : worst.where) + path;
  if (dropped)
    what += "; " + std::to_string(dropped) + " elements overflow their type";
  return compareLine("accuracy", worst.found, worst.allowed, std::move(what),
                     "2-norm; 4 times the largest error of the program with operations rounded by chance, and on the "
                     "streaming path twice the reference path's error, as far as rounding explains it");
}

Error theria::run::addAccuracy(const Case &one, const Exact &exact, const Program &program, Certificate &certificate) {
  one.progress("accuracy");
  Expected<Derived> derived = one.subject.derive(one.chain);
  if (!derived)
    return derived.takeError();
  Expected<Arrays> results = one.subject.run(program.engine, one.chain, one.inputs);
  if (!results)
    return results.takeError();
  const oracle::Tensors got = toOracle(*results, one.precision());
  llvm::SmallVector<double> excused(got.size(), 0);
  if (one.subject.getOptions().path == Path::Reference) {
    certificate.lines.push_back(compareResults(derived->signature, exact, got, got, excused, ""));
    return Error::success();
  }
  Expected<Arrays> plain = runPlainly(one);
  if (!plain)
    return plain.takeError();
  const oracle::Tensors reference = toOracle(*plain, one.precision());
  for (auto [excuse, a, b, rounding] : llvm::zip_equal(excused, reference, exact.results, exact.rounding))
    excuse = 2 * std::min(distance(a, b), rounding);
  certificate.lines.push_back(compareResults(derived->signature, exact, got, reference, excused, ""));
  excused.assign(got.size(), 0);
  certificate.lines.push_back(
      compareResults(derived->signature, exact, reference, reference, excused, " on the reference path"));
  return Error::success();
}
