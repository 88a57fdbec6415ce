//===- Subject.h - the program that a certificate is about ------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_CHECK_SUBJECT_H
#define THERIA_RUN_CHECK_SUBJECT_H

#include "lib/Oracle/Oracle.h"
#include "theria/Derive.h"
#include "theria/Pipelines.h"
#include "tools/theria-run/Compile.h"
#include "tools/theria-run/Options.h"

#include "mlir/IR/OwningOpRef.h"

namespace theria::run {

using Chain = llvm::ArrayRef<Derivative>;
using Arrays = llvm::SmallVector<Tensor>;

/// A derivative of the subject, or the subject itself, in a module of its own.
struct Derived {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::func::FuncOp function;
  Signature signature;
};

/// Exact results, of the program after calculus and of its last stage, and how far from each, by its 2-norm, those of a
/// right program may be because its operations round.
struct Exact {
  oracle::Tensors results, last;
  llvm::SmallVector<double> rounding;
};

/// A function as it was written, of which any derivative can be compiled, run and evaluated.
class Subject {
public:
  /// Copies the module before anything is added to it.
  Subject(mlir::ModuleOp source, llvm::StringRef function, Signature signature, const Options &options);

  llvm::StringRef getName() const { return function; }
  const Signature &getSignature() const { return signature; }
  const Options &getOptions() const { return options; }

  llvm::Expected<Derived> derive(Chain chain) const;
  /// The derivative at a stage.
  llvm::Expected<Derived> derive(Chain chain, ProgramStage stage) const;

  /// Compiles it on a path, with derivatives taken as equal ones or as they are asked for.
  llvm::Expected<Program> compile(Chain chain, Path path, bool symmetrise = true) const;
  llvm::Expected<Arrays> run(const Engine &engine, Chain chain, llvm::ArrayRef<Tensor> inputs,
                             Engine::Measurement measurement = {}) const;
  /// Both on the path of the options.
  llvm::Expected<Arrays> run(Chain chain, llvm::ArrayRef<Tensor> inputs, bool symmetrise = true) const;

  /// What the rules of calculus alone make of the derivative, evaluated by the oracle.
  llvm::Expected<Exact> evaluate(Chain chain, llvm::ArrayRef<Tensor> inputs) const;
  llvm::Expected<oracle::Tensors> evaluate(const Derived &derived, llvm::ArrayRef<Tensor> inputs,
                                           oracle::Rounding rounding = {}) const;

private:
  /// Takes into account how far from its own exact results a program comes when its operations round by chance.
  llvm::Error addRounding(const Derived &derived, llvm::ArrayRef<Tensor> inputs, llvm::ArrayRef<oracle::Tensor> center,
                          llvm::MutableArrayRef<double> bounds) const;

  mlir::OwningOpRef<mlir::ModuleOp> source;
  std::string function;
  Signature signature;
  Options options;
};

/// What of elements of which only the first tensor's is not finite: they are infinitely far apart, or left out.
enum class Overflow { Count, Skip };

/// ‖a − b‖₂; infinite where a NaN or an infinity of one is not the other's, or the shapes differ. Integers differ by
/// nothing or infinitely.
double distance(const oracle::Tensor &a, const oracle::Tensor &b, Overflow overflow = Overflow::Count);
/// ‖a‖₂ of the finite elements.
double norm(const oracle::Tensor &tensor);

} // namespace theria::run

#endif // THERIA_RUN_CHECK_SUBJECT_H
