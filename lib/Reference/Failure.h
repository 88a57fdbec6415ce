//===- Failure.h - code that records a run-time error -----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_REFERENCE_FAILURE_H
#define THERIA_LIB_REFERENCE_FAILURE_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"

namespace theria::reference {

/// Emits calls into the runtime that record an error or ask for one, declaring
/// what they need once in the module.
class FailureReporter {
public:
  explicit FailureReporter(mlir::ModuleOp module) : module(module), symbols(module) {}

  /// Calls theria_fail with "<file>:<line>:<column>: error: <message>" and
  /// `values`, each an i64.
  void report(mlir::OpBuilder &builder, mlir::Location loc, llvm::StringRef message, mlir::ValueRange values);

  /// An i1: whether an error is recorded.
  mlir::Value failed(mlir::OpBuilder &builder, mlir::Location loc);

private:
  mlir::LLVM::LLVMFuncOp declare(llvm::StringRef name, mlir::Type result, mlir::TypeRange arguments);
  mlir::LLVM::GlobalOp text(mlir::Location loc, llvm::StringRef message);

  mlir::ModuleOp module;
  mlir::SymbolTable symbols;
  llvm::StringMap<mlir::LLVM::GlobalOp> texts;
};

} // namespace theria::reference

#endif // THERIA_LIB_REFERENCE_FAILURE_H
