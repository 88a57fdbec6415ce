//===- compiler.cpp - Any program through the compiler --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Fuzzers/Fuzzer.h"
#include "test/Fuzzers/Program.h"
#include "theria/Pipelines.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassManager.h"

using namespace theria::test;

/// The function that theria-run takes where it is given no name, or the first.
static mlir::func::FuncOp findFunction(mlir::ModuleOp module) {
  for (auto function : module.getOps<mlir::func::FuncOp>())
    if (function.isPublic() && !function.isDeclaration())
      return function;
  return {};
}

/// Lowers a program to the LLVM dialect on the streaming path. That it is refused is no finding.
int theria::test::runOn(llvm::StringRef bytes) {
  mlir::OwningOpRef<mlir::ModuleOp> module = parseProgram(bytes, freshContext());
  if (!module)
    return -1;
  mlir::func::FuncOp function = findFunction(*module);
  if (!function)
    return -1;
  theria::StreamingOptions options;
  options.function = function.getName().str();
  options.target = *theria::CpuTarget::named("x86-64-v3");
  mlir::PassManager manager(module->getContext());
  theria::buildStreamingPipeline(manager, options);
  (void)manager.run(*module);
  return 0;
}
