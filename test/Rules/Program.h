//===- Program.h - a function of f64 arrays, compiled -----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_RULES_PROGRAM_H
#define THERIA_TEST_RULES_PROGRAM_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/ExecutionEngine/ExecutionEngine.h"
#include "mlir/IR/BuiltinOps.h"
#include <memory>
#include <optional>
#include <vector>

namespace theria::test {

/// The elements of an f64 scalar or tensor in C order.
using Array = std::vector<double>;

/// The number of elements of an f64 scalar or a static tensor of f64; nothing for any other type.
std::optional<int64_t> countElements(mlir::Type type);

/// A function whose arguments and results have such types.
class Program {
public:
  /// Lowers a module through the reference pipeline; prints what is wrong and returns null where that fails.
  static std::unique_ptr<Program> compile(mlir::ModuleOp module, mlir::func::FuncOp function);

  /// Nothing, and a message on stderr, where the program reports an error.
  std::optional<std::vector<Array>> run(llvm::ArrayRef<Array> inputs) const;

private:
  std::vector<mlir::Type> inputs, results;
  std::unique_ptr<mlir::ExecutionEngine> engine;
  void (*entry)(void **) = nullptr;
};

} // namespace theria::test

#endif // THERIA_TEST_RULES_PROGRAM_H
