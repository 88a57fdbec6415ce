//===- Signature.h - Inputs and outputs of a function, named ----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_SIGNATURE_H
#define THERIA_RUN_SIGNATURE_H

#include "theria/Derive.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Support/LLVM.h"

#include <optional>
#include <string>

namespace theria::run {

/// An input or an output of the function that runs.
struct Port {
  /// "%q", "result 0", "tangent of %q", "cotangent of result 0", …
  std::string name;
  /// A ranked tensor, or a scalar.
  mlir::Type type;
  /// Ports of one number have one shape: a tangent or cotangent has that of the argument or result it belongs to.
  unsigned shapeClass;

  mlir::Type elementType() const;
  /// With mlir::ShapedType::kDynamic for `?`; empty for a scalar.
  llvm::ArrayRef<int64_t> shape() const;
  /// Whether derivatives in it, or of it, exist.
  bool isFloat() const;
};

/// The face of a function: what to give it, and what it gives back.
struct Signature {
  llvm::SmallVector<Port> inputs, outputs;

  /// One line for each input and output, for people.
  void print(llvm::raw_ostream &stream) const;
};

/// The signature of `function`, whose arguments are called `argumentNames`.
/// Emits an error where a type is one that theria-run has no form for.
mlir::FailureOr<Signature> getSignature(mlir::func::FuncOp function, llvm::ArrayRef<std::string> argumentNames);

/// The signature of the function that theria::derive makes of one with the
/// signature `primal`.
Signature deriveSignature(const Signature &primal, llvm::ArrayRef<Derivative> chain,
                          std::optional<llvm::ArrayRef<int64_t>> wrt);

} // namespace theria::run

#endif // THERIA_RUN_SIGNATURE_H
