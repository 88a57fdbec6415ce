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

Error theria::run::addAccuracy(const Case &one, const Exact &exact, const Program &program, Certificate &certificate) {
  one.progress("accuracy");
  const Subject &subject = one.subject;
  const bool isReference = subject.getOptions().path == Path::Reference;
  Expected<Arrays> results = subject.run(program.engine, one.chain, one.inputs);
  if (!results)
    return results.takeError();
  Expected<Arrays> plain = isReference ? Arrays() : runPlainly(one);
  if (!plain)
    return plain.takeError();
  oracle::Tensors got = toOracle(*results, one.precision()), wanted = exact.results;
  const oracle::Tensors reference = isReference ? got : toOracle(*plain, one.precision());
  Expected<Derived> derived = subject.derive(one.chain);
  if (!derived)
    return derived.takeError();

  Worst worst;
  int64_t dropped = 0;
  for (auto [number, output] : llvm::enumerate(derived->signature.outputs)) {
    dropped += dropOverflow(wanted[number], got[number], reference[number]);
    // The reference's error excuses none of its own, and never more than rounding may cause.
    const double rounding = exact.rounding[number];
    const double excused = isReference ? 0 : 2 * std::min(distance(reference[number], wanted[number]), rounding);
    worst.add(distance(got[number], wanted[number]), excused + rounding, output.name);
  }
  std::string what = "error of " + (worst.where.empty() ? std::string("nothing") : worst.where);
  if (dropped)
    what += "; " + std::to_string(dropped) + " elements overflow their type on the reference path too";
  certificate.lines.push_back(
      compareLine("accuracy", worst.found, worst.allowed, std::move(what),
                  "2-norm; twice the reference path's error, as far as rounding explains it, + 4 "
                  "times the largest of 4 errors of the program with operations rounded by chance"));
  return Error::success();
}
