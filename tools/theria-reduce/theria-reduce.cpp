//===- theria-reduce.cpp - a smaller program that still fails -------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MLIR's reducer with Theria's language:
//
//   theria-reduce failing.mlir --reduction-tree='test=SCRIPT' -o smaller.mlir
//
// SCRIPT gets the file of a program and ends with status 1 where the program is still interesting.
//
//===----------------------------------------------------------------------===//

#include "theria/Register.h"

#include "tools/Faults.h"
#include "tools/theria-reduce/Reductions.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Tools/mlir-reduce/MlirReduceMain.h"
#include "llvm/Support/WithColor.h"

int main(int argc, char **argv) {
  const theria::FaultHandlers handlers(argc, argv);
  mlir::DialectRegistry registry;
  theria::registerAllDialects(registry);
  theria::registerAllPasses();
  theria::addReductions(registry);
  mlir::MLIRContext context(registry);
  context.getOrLoadDialect("theria");
  // Without a handler a warning is lost: the reducer's word for a program that is not interesting.
  mlir::ScopedDiagnosticHandler handler(&context, [](mlir::Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() != mlir::DiagnosticSeverity::Warning)
      return mlir::failure();
    llvm::WithColor::warning(llvm::errs(), "theria-reduce") << diagnostic << '\n';
    return mlir::success();
  });
  return mlir::failed(mlir::mlirReduceMain(argc, argv, context)) ? EXIT_FAILURE : EXIT_SUCCESS;
}
