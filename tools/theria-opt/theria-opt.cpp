//===- theria-opt.cpp - run passes on programs ----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "theria/Register.h"

#include "tools/NotBuiltYet.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/WithColor.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  theria::registerAllDialects(registry);
  theria::registerAllPasses();
  llvm::cl::OptionCategory category("theria-opt options");
  theria::NotBuiltYet notBuiltYet("theria-opt", category);
  auto [input, output] =
      mlir::registerAndParseCLIOptions(argc, argv, "Theria: derivatives and lowering of attention\n", registry);
  if (llvm::Error err = notBuiltYet.check()) {
    llvm::WithColor::error(llvm::errs(), "theria-opt") << llvm::toString(std::move(err)) << '\n';
    return 1;
  }
  return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, input, output, registry));
}
