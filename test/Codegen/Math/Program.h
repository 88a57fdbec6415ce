//===- Program.h - a function on arrays, compiled ----------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_CODEGEN_MATH_PROGRAM_H
#define THERIA_TEST_CODEGEN_MATH_PROGRAM_H

#include "test/Codegen/Math/Reference.h"

#include "mlir/ExecutionEngine/ExecutionEngine.h"
#include "mlir/IR/MLIRContext.h"
#include <memory>

namespace theria::test {

/// One function in a type, expanded by theria-expand-math with or without fma and compiled for this machine: as a
/// scalar and as vectors of several sizes.
class Program {
public:
  /// Prints what is wrong and returns null where that fails.
  static std::unique_ptr<Program> compile(mlir::MLIRContext &context, const Function &function, const Format &format,
                                          bool fma);

  /// The numbers of lanes it is compiled for; 1 stands for the scalar.
  static llvm::ArrayRef<int> widths(const Format &format);

  /// Results for a multiple of 16 points.
  std::vector<double> run(int width, llvm::ArrayRef<double> x, llvm::ArrayRef<double> y) const;

private:
  template <typename T> std::vector<double> runAs(int width, llvm::ArrayRef<double> x, llvm::ArrayRef<double> y) const;

  const Format *format = nullptr;
  std::unique_ptr<mlir::ExecutionEngine> engine;
};

} // namespace theria::test

#endif // THERIA_TEST_CODEGEN_MATH_PROGRAM_H
