//===- theria-opt.cpp - run passes on programs ----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "theria/Register.h"

#include "tools/Nesting.h"
#include "tools/NotBuiltYet.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/WithColor.h"

static mlir::LogicalResult fail(const llvm::Twine &message) {
  llvm::WithColor::error(llvm::errs(), "theria-opt") << message << '\n';
  return mlir::failure();
}

/// As mlir-opt does, from a program that the parser can read.
static mlir::LogicalResult run(llvm::StringRef input, llvm::StringRef output, mlir::DialectRegistry &registry) {
  std::string why;
  std::unique_ptr<llvm::MemoryBuffer> program = mlir::openInputFile(input, &why);
  if (!program)
    return fail("expected a readable .mlir file, but " + why);
  if (mlir::failed(theria::checkNesting(*program)))
    return mlir::failure();
  std::unique_ptr<llvm::ToolOutputFile> file = mlir::openOutputFile(output, &why);
  if (!file)
    return fail("expected a file that can be written, but " + why);
  const auto config = mlir::MlirOptMainConfig::createFromCLOptions();
  if (mlir::failed(mlir::MlirOptMain(file->os(), std::move(program), registry, config)))
    return mlir::failure();
  file->keep();
  return mlir::success();
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  mlir::DialectRegistry registry;
  theria::registerAllDialects(registry);
  theria::registerAllPasses();
  llvm::cl::OptionCategory category("theria-opt options");
  theria::NotBuiltYet notBuiltYet("theria-opt", category);
  auto [input, output] =
      mlir::registerAndParseCLIOptions(argc, argv, "Theria: derivatives and lowering of attention\n", registry);
  if (llvm::Error err = notBuiltYet.check())
    return mlir::asMainReturnCode(fail(llvm::toString(std::move(err))));
  const auto config = mlir::MlirOptMainConfig::createFromCLOptions();
  if (config.shouldShowDialects() || config.shouldListPasses())
    return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, input, output, registry));
  return mlir::asMainReturnCode(run(input, output, registry));
}
