//===- Linearise.h - tangents beside a function's operations ----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CALCULUS_LINEARISE_H
#define THERIA_LIB_CALCULUS_LINEARISE_H

#include "dialect/Differentiation.h"
#include "lib/Calculus/Calculus.h"
#include "mlir/IR/IRMapping.h"

namespace theria {

/// Copies a function's operations and emits, beside each, the tangents of its results.
class Linearisation : public Tangents {
public:
  Linearisation(Calculus &calculus, mlir::OpBuilder &builder, Calculus::Purpose purpose)
      : calculus(calculus), builder(builder), purpose(purpose) {}

  mlir::Value of(mlir::Value primal) const override { return tangents.lookup(primal); }
  void set(mlir::Value primal, mlir::Value tangent) override;

  /// Emits a function on `arguments` and returns the values of its results.
  mlir::FailureOr<llvm::SmallVector<mlir::Value>> emit(mlir::func::FuncOp function, mlir::ValueRange arguments);

  /// For each tangent, a primal value of its shape.
  llvm::DenseMap<mlir::Value, mlir::Value> shapes;
  /// Zero tangents, made because a custom rule asks for a value.
  llvm::SmallVector<mlir::Value> zeros;

private:
  llvm::LogicalResult emit(mlir::Operation &op, mlir::IRMapping &values);
  llvm::LogicalResult emitCall(mlir::func::CallOp call, mlir::func::FuncOp callee, mlir::IRMapping &values);
  llvm::LogicalResult emitJvpRule(mlir::func::CallOp call, mlir::func::FuncOp rule, mlir::IRMapping &values);
  llvm::LogicalResult emitTangentCall(mlir::func::CallOp call, mlir::FlatSymbolRefAttr rule, mlir::IRMapping &values);
  mlir::FailureOr<llvm::SmallVector<mlir::Value>> emitRule(mlir::func::CallOp call, mlir::func::FuncOp rule,
                                                           mlir::ValueRange arguments);
  mlir::FailureOr<llvm::SmallVector<mlir::Value>> emitPrimalOfVjpRule(mlir::func::CallOp call, mlir::func::FuncOp rule,
                                                                      mlir::IRMapping &values);
  void finish(mlir::func::CallOp call, mlir::ValueRange results, mlir::ValueRange resultTangents,
              mlir::IRMapping &values);
  llvm::LogicalResult checkResultTypes(mlir::Operation *op);
  llvm::LogicalResult checkDiscrete(mlir::Operation *op);
  llvm::LogicalResult throughIntegers(mlir::Operation *op);

  Calculus &calculus;
  mlir::OpBuilder &builder;
  Calculus::Purpose purpose;
  llvm::DenseMap<mlir::Value, mlir::Value> tangents;
  llvm::SmallVector<mlir::Operation *> entered; ///< the functions whose calls are being emitted
  /// Integers that depend on a differentiated float: a float made with one would lose a derivative silently.
  llvm::DenseSet<mlir::Value> discrete;
};

} // namespace theria

#endif // THERIA_LIB_CALCULUS_LINEARISE_H
