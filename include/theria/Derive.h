//===- Derive.h - derivatives of a program's functions ----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_DERIVE_H
#define THERIA_DERIVE_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include <optional>

namespace theria {

enum class Derivative {
  Jvp, ///< jvp f : (X, Ẋ) → (Y, Ẏ)
  Vjp, ///< vjp f : (X, Ȳ) → (Y, X̄)
  Hvp, ///< hvp f : (X, Ȳ, Ẋ) → X̄̇, the tangent of X̄ in jvp (vjp f) with Ȳ constant
};

/// Adds to a module the derivative of one of its functions that `chain` composes, first step first: {Vjp, Jvp} is
/// jvp (vjp f). Returns the new public function, whose body is one calculus operation; each further step adds another.
/// `wrt` chooses the arguments of `function` to differentiate by position, increasing (default: all
/// floating-point ones); later steps differentiate these and every tangent and cotangent that earlier steps added.
/// Emits an error and returns failure where `function` or a position does not exist or is not floating-point.
mlir::FailureOr<mlir::func::FuncOp> derive(mlir::ModuleOp module, llvm::StringRef function,
                                           llvm::ArrayRef<Derivative> chain,
                                           std::optional<llvm::ArrayRef<int64_t>> wrt = std::nullopt);

} // namespace theria

#endif // THERIA_DERIVE_H
