//===- theria-opt.cpp - run passes on programs ----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "theria/Register.h"

#include "tools/Faults.h"
#include "tools/Nesting.h"
#include "tools/TemporaryFile.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/WithColor.h"

static mlir::LogicalResult fail(const llvm::Twine &message) {
  llvm::WithColor::error(llvm::errs(), "theria-opt") << message << '\n';
  return mlir::failure();
}

using Print = llvm::function_ref<mlir::LogicalResult(llvm::raw_ostream &)>;

/// Standard output, a device or a pipe: what is written can't be taken back.
static bool isStream(llvm::StringRef path) {
  llvm::sys::fs::file_status status;
  return path == "-" || (!llvm::sys::fs::status(path, status) && !llvm::sys::fs::is_regular_file(status));
}

static mlir::LogicalResult writeStream(llvm::StringRef path, Print print) {
  std::error_code code;
  llvm::raw_fd_ostream stream(path, code);
  if (code)
    return fail("expected a file that can be written, but " + path + ": " + code.message());
  const mlir::LogicalResult result = print(stream);
  stream.flush();
  if (!stream.has_error())
    return result;
  const std::string why = stream.error().message();
  stream.clear_error();
  return fail("expected to write " + path + ", but " + why + "; choose another -o");
}

/// All of a file or nothing of it.
static mlir::LogicalResult writeFile(llvm::StringRef path, Print print) {
  auto failToWrite = [&](llvm::Error why) {
    return fail("expected to write " + path + ", but " + llvm::toString(std::move(why)) + "; choose another -o");
  };
  llvm::Expected<std::string> target = theria::TemporaryFile::resolve(path);
  if (!target)
    return failToWrite(target.takeError());
  auto file = theria::TemporaryFile::create(std::move(*target));
  if (!file)
    return failToWrite(file.takeError());
  mlir::LogicalResult result = mlir::failure();
  if (llvm::Error err = file->write([&](llvm::raw_ostream &stream) { result = print(stream); }))
    return failToWrite(std::move(err));
  if (mlir::failed(result))
    return result;
  const theria::InterruptsHeld held;
  if (llvm::Error err = file->publish())
    return failToWrite(std::move(err));
  theria::noteFilesWritten();
  return mlir::success();
}

/// As mlir-opt does, from a program that the parser can read.
static mlir::LogicalResult run(llvm::StringRef input, llvm::StringRef output, mlir::DialectRegistry &registry) {
  std::string why;
  std::unique_ptr<llvm::MemoryBuffer> program = mlir::openInputFile(input, &why);
  if (!program)
    return fail("expected a readable .mlir file, but " + why);
  if (mlir::failed(theria::checkNesting(*program)))
    return mlir::failure();
  auto print = [&](llvm::raw_ostream &stream) {
    const auto config = mlir::MlirOptMainConfig::createFromCLOptions();
    return mlir::MlirOptMain(stream, std::move(program), registry, config);
  };
  return isStream(output) ? writeStream(output, print) : writeFile(output, print);
}

int main(int argc, char **argv) {
  const theria::FaultHandlers handlers(argc, argv);
  mlir::DialectRegistry registry;
  theria::registerAllDialects(registry);
  theria::registerAllPasses();
  auto [input, output] =
      mlir::registerAndParseCLIOptions(argc, argv, "Theria: derivatives and lowering of attention\n", registry);
  const auto config = mlir::MlirOptMainConfig::createFromCLOptions();
  if (config.shouldShowDialects() || config.shouldListPasses())
    return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, input, output, registry));
  return mlir::asMainReturnCode(run(input, output, registry));
}
