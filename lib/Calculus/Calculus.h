//===- Calculus.h - derivatives of functions --------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CALCULUS_CALCULUS_H
#define THERIA_LIB_CALCULUS_CALCULUS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include <optional>

namespace theria {

/// What is known of the tangents of a linearised function.
struct LinearPart {
  llvm::SmallVector<mlir::Value> tangents;         ///< of the differentiable results; null stands for zero
  llvm::DenseMap<mlir::Value, mlir::Value> shapes; ///< for each tangent, a primal value of its shape
  llvm::SmallVector<mlir::Value> zeros;            ///< zero tangents, made because a custom rule asks for a value
};

/// Differentiates the functions of one module. Derivatives are functions that it adds to the module; all that are left
/// when it is destroyed are removed again.
class Calculus {
public:
  explicit Calculus(mlir::ModuleOp module);
  ~Calculus();

  /// Expands every derivative in a function, and first in those that it calls or differentiates.
  llvm::LogicalResult expand(mlir::func::FuncOp function);

  /// jvp f: (X, Ẋ) → (Y, Ẏ), along the arguments in `wrt`.
  mlir::FailureOr<mlir::func::FuncOp> jvp(mlir::func::FuncOp function, llvm::ArrayRef<int64_t> wrt);
  /// vjp f: (X, Ȳ) → (Y, X̄).
  mlir::FailureOr<mlir::func::FuncOp> vjp(mlir::func::FuncOp function, llvm::ArrayRef<int64_t> wrt);
  /// jvp (vjp f) with Ȳ constant and X̄̇ alone returned: (X, Ȳ, Ẋ) → X̄̇.
  mlir::FailureOr<mlir::func::FuncOp> hvp(mlir::func::FuncOp function, llvm::ArrayRef<int64_t> wrt);

  /// For each argument that can be differentiated: the positions of the results that depend on it.
  mlir::FailureOr<llvm::SmallVector<std::pair<int64_t, llvm::SmallVector<int64_t>>>>
  dependence(mlir::func::FuncOp function);

  /// What a linearisation is for: its transpose calls VJP rules, a JVP calls JVP rules.
  enum class Purpose { Jvp, Vjp };

  //===--------------------------------------------------------------------===//
  // For the linearisation and the transposition
  //===--------------------------------------------------------------------===//

  /// A copy of a function in which only operations with rules, calls and structured control flow are left.
  mlir::FailureOr<mlir::func::FuncOp> prepared(mlir::func::FuncOp function);
  mlir::func::FuncOp lookup(mlir::SymbolRefAttr symbol) {
    return symbols.lookup<mlir::func::FuncOp>(symbol.getLeafReference());
  }

  /// One step of the chain that asks for a derivative: where, and what happens there.
  struct Request {
    mlir::Location loc;
    std::string what;
  };
  /// Adds a request to the chain while it lives.
  class Asking {
  public:
    Asking(Calculus &calculus, mlir::Location loc, std::string what) : calculus(calculus) {
      calculus.requests.push_back({loc, std::move(what)});
    }
    ~Asking() { calculus.requests.pop_back(); }
    Asking(const Asking &) = delete;

  private:
    Calculus &calculus;
  };
  /// An error at an operation, with the chain of requests as notes.
  mlir::InFlightDiagnostic missing(mlir::Operation *op, const llvm::Twine &message);

private:
  mlir::FailureOr<mlir::func::FuncOp> linearised(mlir::func::FuncOp function, llvm::ArrayRef<int64_t> wrt,
                                                 Purpose purpose, LinearPart &part);
  llvm::LogicalResult expand(mlir::Operation *derivative);
  llvm::LogicalResult outline(mlir::Operation *derivative);
  mlir::FailureOr<mlir::func::FuncOp> derivativeOf(mlir::Operation *derivative);
  llvm::LogicalResult checkSource(mlir::func::FuncOp function);
  llvm::LogicalResult expandCallees(mlir::func::FuncOp function);
  /// Where the derivative of a function is asked for.
  mlir::Location placeOfRequest(mlir::func::FuncOp function) const;
  mlir::func::FuncOp callerOf(mlir::func::FuncOp function);
  mlir::func::FuncOp addFunction(mlir::Location loc, const llvm::Twine &name, mlir::FunctionType type);

  mlir::ModuleOp module;
  mlir::SymbolTable symbols;
  llvm::SmallVector<Request> requests;
  llvm::DenseSet<mlir::Operation *> expanded, expanding;
  llvm::DenseMap<mlir::Operation *, mlir::func::FuncOp> preparedOf;
  llvm::SetVector<mlir::Operation *> added;
};

/// Replaces every composite operation under `root` by its definition, until none is left.
llvm::LogicalResult decomposeComposites(mlir::Operation *root);

/// Removes operations of a function that nothing needs, or that repeat another: each would be differentiated again.
void eraseRedundant(mlir::func::FuncOp function);

} // namespace theria

#endif // THERIA_LIB_CALCULUS_CALCULUS_H
