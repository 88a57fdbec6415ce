//===- Subject.cpp - the program that a certificate is about --------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/check/Subject.h"

#include "tools/theria-run/Evaluate.h"

#include "mlir/Pass/PassManager.h"

#include <cmath>

using namespace theria;
using namespace theria::run;
using llvm::Expected;

Subject::Subject(mlir::ModuleOp module, llvm::StringRef function, Signature signature, const Options &options)
    : source(module.clone()), function(function.str()), signature(std::move(signature)), options(options) {
  // Each program is compiled for this certificate alone.
  this->options.cache = "off";
}

Expected<Derived> Subject::derive(Chain chain) const {
  Derived derived;
  derived.module = mlir::OwningOpRef<mlir::ModuleOp>(mlir::ModuleOp(*source).clone());
  derived.signature = deriveSignature(signature, chain, options.getWrt());
  mlir::FailureOr<mlir::func::FuncOp> made = theria::derive(*derived.module, function, chain, options.getWrt());
  if (mlir::failed(made))
    return reported();
  derived.function = *made;
  return derived;
}

Expected<Derived> Subject::derive(Chain chain, ProgramStage stage) const {
  Expected<Derived> derived = derive(chain);
  if (!derived)
    return derived;
  const std::string name = derived->function.getName().str();
  mlir::PassManager manager(derived->module->getContext());
  buildStagePipeline(manager, stage, options.compile);
  if (mlir::failed(manager.run(*derived->module)))
    return reported();
  derived->function = derived->module->lookupSymbol<mlir::func::FuncOp>(name);
  return derived;
}

Expected<Program> Subject::compile(Chain chain, Path path, bool symmetrise) const {
  Expected<Derived> derived = derive(chain);
  if (!derived)
    return derived.takeError();
  Options own = options;
  own.path = path;
  own.symmetrise = symmetrise;
  StageTimer timer;
  return theria::run::compile(*derived->module, derived->function, own, timer);
}

Expected<Arrays> Subject::run(const Engine &engine, Chain chain, llvm::ArrayRef<Tensor> inputs,
                              Engine::Measurement measurement) const {
  return engine.run(inputs, deriveSignature(signature, chain, options.getWrt()).outputs, measurement);
}

Expected<Arrays> Subject::run(Chain chain, llvm::ArrayRef<Tensor> inputs, bool symmetrise) const {
  Expected<Program> program = compile(chain, options.path, symmetrise);
  if (!program)
    return program.takeError();
  return run(program->engine, chain, inputs);
}

Expected<oracle::Tensors> Subject::evaluate(const Derived &derived, llvm::ArrayRef<Tensor> inputs,
                                            oracle::Rounding rounding) const {
  return theria::run::evaluate(derived.function, inputs, options.precision, options.threads, rounding);
}

/// What is smaller is not held to full precision, or lost altogether.
static double smallestNormal(mlir::Type type) {
  auto element = llvm::dyn_cast<mlir::FloatType>(type);
  return element ? std::ldexp(1.0, llvm::APFloat::semanticsMinExponent(element.getFloatSemantics())) : 0;
}

llvm::Error Subject::addRounding(const Derived &derived, llvm::ArrayRef<Tensor> inputs,
                                 llvm::ArrayRef<oracle::Tensor> center, llvm::MutableArrayRef<double> bounds) const {
  // The largest of four errors by chance is at least a quarter of another one, but for one case in thousands.
  constexpr unsigned samples = 4;
  constexpr double margin = 4;
  for (unsigned sample = 1; sample <= samples; ++sample) {
    Expected<oracle::Tensors> rounded = evaluate(derived, inputs, oracle::Rounding::byChance(sample));
    if (!rounded)
      return rounded.takeError();
    for (auto [bound, a, b] : llvm::zip_equal(bounds, *rounded, center))
      bound = std::max(bound, margin * distance(a, b, Overflow::Skip));
  }
  return llvm::Error::success();
}

Expected<Exact> Subject::evaluate(Chain chain, llvm::ArrayRef<Tensor> inputs) const {
  Expected<Derived> derived = derive(chain, ProgramStage::Calculus);
  if (!derived)
    return derived.takeError();
  Expected<oracle::Tensors> results = evaluate(*derived, inputs);
  if (!results)
    return results.takeError();
  Exact exact{std::move(*results), {}, {}};
  // What a type cannot hold because it is too small, and what the oracle itself rounds, 16 bits allowed for that.
  const double unit = std::ldexp(1.0, 16 - int(options.precision));
  for (auto [tensor, output] : llvm::zip_equal(exact.results, derived->signature.outputs))
    exact.rounding.push_back(std::sqrt(double(tensor.size())) * smallestNormal(output.elementType()) +
                             unit * std::max(1.0, norm(tensor)));
  if (llvm::Error err = addRounding(*derived, inputs, exact.results, exact.rounding))
    return err;
  // What is run has been simplified, which changes the order of sums.
  derived = derive(chain, options.path == Path::Streaming ? ProgramStage::Tiles : ProgramStage::Simplified);
  if (!derived)
    return derived.takeError();
  results = evaluate(*derived, inputs);
  if (!results)
    return results.takeError();
  exact.last = std::move(*results);
  if (llvm::Error err = addRounding(*derived, inputs, exact.last, exact.rounding))
    return err;
  return exact;
}

double theria::run::norm(const oracle::Tensor &tensor) {
  if (!tensor.isReal())
    return 0;
  oracle::Real sum(0, 64);
  for (const oracle::Real &element : tensor.reals())
    if (mpfr_number_p(element.get()))
      mpfr_hypot(sum.get(), sum.get(), element.get(), MPFR_RNDN);
  return sum.toDouble();
}

double theria::run::distance(const oracle::Tensor &a, const oracle::Tensor &b, Overflow overflow) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (a.getShape() != b.getShape())
    return infinity;
  if (!b.isReal())
    return a.integers() == b.integers() ? 0 : infinity;
  oracle::Real sum(0, 64), difference(64);
  for (auto [x, y] : llvm::zip_equal(a.reals(), b.reals())) {
    if (mpfr_nan_p(x.get()) && mpfr_nan_p(y.get()))
      continue;
    if (mpfr_equal_p(x.get(), y.get()))
      continue;
    if (overflow == Overflow::Skip && !mpfr_number_p(x.get()) && mpfr_number_p(y.get()))
      continue;
    if (!mpfr_number_p(x.get()) || !mpfr_number_p(y.get()))
      return infinity;
    mpfr_sub(difference.get(), x.get(), y.get(), MPFR_RNDN);
    mpfr_hypot(sum.get(), sum.get(), difference.get(), MPFR_RNDN);
  }
  return sum.toDouble();
}
