//===- Identities.cpp - what holds for any derivative ---------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// With f the function that is differentiated, at the case's arguments X, and
// with random ẋ, u, w for X and ȳ for Y:
//
//   adjoint    ⟨J ẋ, ȳ⟩ = ⟨ẋ, Jᵀ ȳ⟩
//   symmetry   ⟨H u, w⟩ = ⟨u, H w⟩, with H the Hessian of ⟨ȳ, f⟩
//   closure    vjp (vjp f)(X, Ȳ; y, w) = (X̄̇, Ẏ) of jvp (vjp f)(X, Ȳ; w, y)
//              vjp (jvp f)(X, Ẋ; y, w) = (X̄̇, X̄) of jvp (vjp f)(X, w; Ẋ, y)
//
// A run differs from exact values by what rounding may change, so an inner
// product does by that times the norm of its other factor (Cauchy-Schwarz).
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Compile.h"
#include "tools/theria-run/check/Check.h"

#include "mlir/IR/Diagnostics.h"

#include <cmath>

using namespace theria;
using namespace theria::run;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;

namespace {

/// One derivative of the function: what a run of it gives, and how far that may be from exact.
struct Values {
  oracle::Tensors results;
  llvm::SmallVector<double> rounding;

  Values takeBack(size_t count) const { return slice(results.size() - count, count); }
  Values slice(size_t first, size_t count) const {
    return {oracle::Tensors(ArrayRef(results).slice(first, count)),
            llvm::SmallVector<double>(ArrayRef(rounding).slice(first, count))};
  }
};

class Identities {
public:
  Identities(const Case &one, Certificate &certificate) : one(one), certificate(certificate) {}

  Error addAll();

private:
  Error draw();
  Error addAdjoint();
  Error addSymmetry();
  Error addClosure();

  Expected<Values> evaluate(Chain chain, std::initializer_list<ArrayRef<Tensor>> inputs, bool symmetrise = true);
  /// ⟨a, b⟩, and adds to `allowed` by how much it may be wrong.
  oracle::Real inner(const Values &a, ArrayRef<Tensor> b, double &allowed) const;
  void addInner(llvm::StringRef name, const oracle::Real &a, const oracle::Real &b, double allowed, std::string what);
  void addEqual(const Values &a, const Values &b, std::string what);

  const Case &one;
  Certificate &certificate;
  /// X; ẋ, u and w; ȳ and y.
  ArrayRef<Tensor> arguments;
  Arrays tangents, others, cotangents, otherCotangents;
};

} // namespace

/// The arguments that are differentiated in.
static llvm::SmallVector<size_t> findActive(const Subject &subject) {
  llvm::SmallVector<size_t> active;
  const auto &wrt = subject.getOptions().wrt;
  for (auto [number, input] : llvm::enumerate(subject.getSignature().inputs))
    if (wrt ? llvm::is_contained(*wrt, int64_t(number)) : input.isFloat())
      active.push_back(number);
  return active;
}

Error Identities::draw() {
  const Signature &signature = one.subject.getSignature();
  arguments = one.inputs.take_front(signature.inputs.size());
  Expected<Arrays> results = one.subject.run({}, arguments);
  if (!results)
    return results.takeError();
  llvm::SmallVector<Port> ports;
  llvm::SmallVector<llvm::SmallVector<int64_t>> shapes;
  for (size_t number : findActive(one.subject)) {
    ports.push_back(signature.inputs[number]);
    shapes.push_back(arguments[number].shape);
  }
  const size_t numActive = ports.size();
  for (auto [port, result] : llvm::zip_equal(signature.outputs, *results)) {
    ports.push_back(port);
    shapes.push_back(result.shape);
  }
  auto make = [&](Arrays &arrays, size_t first, size_t count, uint64_t seed) -> Error {
    Expected<Arrays> random =
        makeRandom(ArrayRef(ports).slice(first, count), ArrayRef(shapes).slice(first, count), seed);
    if (!random)
      return random.takeError();
    arrays = std::move(*random);
    return Error::success();
  };
  const size_t numResults = results->size();
  for (auto [arrays, first, count, seed] : {std::tuple(&tangents, size_t(0), numActive, 101),
                                            {&others, 0, numActive, 201},
                                            {&cotangents, numActive, numResults, 301},
                                            {&otherCotangents, numActive, numResults, 401}})
    if (Error err = make(*arrays, first, count, seed))
      return err;
  return Error::success();
}

Expected<Values> Identities::evaluate(Chain chain, std::initializer_list<ArrayRef<Tensor>> inputs, bool symmetrise) {
  Arrays all;
  for (ArrayRef<Tensor> part : inputs)
    for (const Tensor &tensor : part) {
      Expected<Tensor> copy = tensor.clone();
      if (!copy)
        return copy.takeError();
      all.push_back(std::move(*copy));
    }
  Expected<Arrays> results = one.subject.run(chain, all, symmetrise);
  if (!results)
    return results.takeError();
  Expected<Exact> exact = one.subject.evaluate(chain, all);
  if (!exact)
    return exact.takeError();
  return Values{toOracle(*results, one.precision()), std::move(exact->rounding)};
}

oracle::Real Identities::inner(const Values &a, ArrayRef<Tensor> b, double &allowed) const {
  const oracle::Tensors weights = toOracle(b, one.precision());
  for (auto [rounding, weight] : llvm::zip_equal(a.rounding, weights))
    allowed += rounding * norm(weight);
  oracle::Real sum = oracle::weigh(a.results, weights, one.precision());
  // What weigh leaves out, a value that is infinite at every step, a derivative at a pole may not.
  const bool isInfinite = llvm::any_of(a.results, [](const oracle::Tensor &result) {
    return result.isReal() &&
           llvm::any_of(result.reals(), [](const oracle::Real &element) { return mpfr_inf_p(element.get()); });
  });
  if (isInfinite && !mpfr_nan_p(sum.get()))
    mpfr_set_inf(sum.get(), 1);
  return sum;
}

void Identities::addInner(llvm::StringRef name, const oracle::Real &a, const oracle::Real &b, double allowed,
                          std::string what) {
  if (!mpfr_number_p(a.get()) && !mpfr_number_p(b.get())) {
    certificate.lines.push_back(
        otherLine(name, Verdict::Undecided, std::move(what) + ": neither is finite at these inputs"));
    return;
  }
  oracle::Real difference(one.precision());
  mpfr_sub(difference.get(), a.get(), b.get(), MPFR_RNDN);
  const double found = std::abs(difference.toDouble());
  what += ": " + formatDigits(found, std::abs(a.toDouble()));
  certificate.lines.push_back(
      compareLine(name, found, allowed, std::move(what), "Cauchy-Schwarz: what rounding may change, times norms"));
}

void Identities::addEqual(const Values &a, const Values &b, std::string what) {
  Worst worst;
  for (auto [number, result] : llvm::enumerate(a.results))
    worst.add(distance(result, b.results[number]), a.rounding[number] + b.rounding[number],
              "result " + std::to_string(number));
  certificate.lines.push_back(
      compareLine("closure", worst.found, worst.allowed, std::move(what), "2-norm; what rounding may change in both"));
}

Error Identities::addAdjoint() {
  one.progress("adjoint");
  Expected<Values> jvp = evaluate({Derivative::Jvp}, {arguments, tangents});
  if (!jvp)
    return jvp.takeError();
  Expected<Values> vjp = evaluate({Derivative::Vjp}, {arguments, cotangents});
  if (!vjp)
    return vjp.takeError();
  double allowed = 0;
  const oracle::Real forward = inner(jvp->takeBack(cotangents.size()), cotangents, allowed);
  const oracle::Real backward = inner(vjp->takeBack(tangents.size()), tangents, allowed);
  addInner("adjoint", forward, backward, allowed, "<J x', y> and <x', Jt y>");
  return Error::success();
}

Error Identities::addSymmetry() {
  one.progress("symmetry");
  Expected<Values> first = evaluate({Derivative::Hvp}, {arguments, cotangents, tangents});
  if (!first)
    return first.takeError();
  Expected<Values> second = evaluate({Derivative::Hvp}, {arguments, cotangents, others});
  if (!second)
    return second.takeError();
  double allowed = 0;
  const oracle::Real left = inner(*first, others, allowed), right = inner(*second, tangents, allowed);
  addInner("symmetry", left, right, allowed, "<H u, w> and <u, H w>");
  return Error::success();
}

Error Identities::addClosure() {
  const Derivative twice[] = {Derivative::Vjp, Derivative::Vjp}, ofTangent[] = {Derivative::Jvp, Derivative::Vjp},
                   forward[] = {Derivative::Vjp, Derivative::Jvp};
  const size_t active = tangents.size(), floats = cotangents.size();
  one.progress("closure of vjp (vjp f)");
  Expected<Values> reverse = evaluate(twice, {arguments, cotangents, otherCotangents, others}, /*symmetrise=*/false);
  if (!reverse)
    return reverse.takeError();
  Expected<Values> over = evaluate(forward, {arguments, cotangents, others, otherCotangents});
  if (!over)
    return over.takeError();
  // (…, X̄̇, Ȳ's) beside (…, Ẏ, X̄̇).
  const Values gradients = reverse->takeBack(active + floats), tails = over->takeBack(floats + active);
  addEqual(gradients.slice(0, active), tails.slice(floats, active), "X of vjp (vjp f) and of jvp (vjp f)");
  addEqual(gradients.slice(active, floats), tails.slice(0, floats), "Y of vjp (vjp f) and of jvp (vjp f)");

  one.progress("closure of vjp (jvp f)");
  reverse = evaluate(ofTangent, {arguments, tangents, otherCotangents, cotangents}, /*symmetrise=*/false);
  if (!reverse)
    return reverse.takeError();
  over = evaluate(forward, {arguments, cotangents, tangents, otherCotangents});
  if (!over)
    return over.takeError();
  // (…, X̄̇, X̄) beside (Y, X̄, Ẏ, X̄̇).
  const Values pair = reverse->takeBack(2 * active), all = over->takeBack(2 * active + floats);
  addEqual(pair.slice(0, active), all.slice(active + floats, active), "X of vjp (jvp f) and of jvp (vjp f)");
  addEqual(pair.slice(active, active), all.slice(0, active), "X' of vjp (jvp f) and of jvp (vjp f)");
  return Error::success();
}

Error Identities::addAll() {
  if (findActive(one.subject).empty() ||
      llvm::none_of(one.subject.getSignature().outputs, [](const Port &output) { return output.isFloat(); })) {
    certificate.lines.push_back(
        otherLine("adjoint", Verdict::Absent, "no floating-point argument or no floating-point result"));
    return Error::success();
  }
  if (!one.wants("adjoint") && !one.wants("symmetry") && !one.wants("closure"))
    return Error::success();
  if (Error err = draw())
    return err;
  for (auto [name, add] : {std::pair("adjoint", &Identities::addAdjoint),
                           {"symmetry", &Identities::addSymmetry},
                           {"closure", &Identities::addClosure}}) {
    if (!one.wants(name))
      continue;
    // A derivative that does not exist is no fault.
    std::string missing;
    mlir::ScopedDiagnosticHandler handler(one.inputs.front().elementType.getContext(),
                                          [&](mlir::Diagnostic &diagnostic) {
                                            if (missing.empty())
                                              missing = diagnostic.str();
                                            return mlir::success();
                                          });
    Error err = (this->*add)();
    if (missing.empty()) {
      if (err)
        return err;
      continue;
    }
    llvm::consumeError(std::move(err));
    certificate.lines.push_back(otherLine(name, Verdict::Absent, missing));
  }
  return Error::success();
}

Error theria::run::addIdentities(const Case &one, Certificate &certificate) {
  return Identities(one, certificate).addAll();
}
