//===- arguments.cpp - Any command line of theria-run ---------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An input is a command line, an argument a line. Nothing is run and no file is opened; the values of --input and
// --fill are parsed as every type that they may be of.
//
//===----------------------------------------------------------------------===//

#include "test/Fuzzers/Fuzzer.h"
#include "theria/Register.h"
#include "tools/theria-run/InputSpec.h"
#include "tools/theria-run/Literal.h"
#include "tools/theria-run/Options.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"

#include <memory>

using namespace theria::run;

/// A context keeps every type that it saw: now and then it is made anew.
static mlir::MLIRContext &context() {
  static std::unique_ptr<mlir::MLIRContext> current;
  static unsigned uses = 0;
  if (uses++ % 10000 == 0) {
    mlir::DialectRegistry registry;
    theria::registerAllDialects(registry);
    current = std::make_unique<mlir::MLIRContext>(registry, mlir::MLIRContext::Threading::DISABLED);
  }
  return *current;
}

static void tryLiteral(llvm::StringRef text) {
  mlir::Builder b(&context());
  for (mlir::Type type :
       {mlir::Type(b.getF16Type()), mlir::Type(b.getBF16Type()), mlir::Type(b.getF32Type()), mlir::Type(b.getF64Type()),
        mlir::Type(b.getI1Type()), mlir::Type(b.getI8Type()), mlir::Type(b.getI64Type()), mlir::Type(b.getIndexType())})
    llvm::consumeError(parseLiteral(text, type).takeError());
}

static void tryInput(llvm::StringRef text) {
  llvm::Expected<InputSpec> spec = parseInput(text, &context());
  if (!spec)
    return llvm::consumeError(spec.takeError());
  if (auto *scalar = std::get_if<ScalarInput>(&*spec))
    tryLiteral(scalar->literal);
  constexpr int64_t few = 4096;
  auto *filled = std::get_if<FilledInput>(&*spec);
  if (!filled)
    return;
  llvm::Expected<int64_t> count = countElements(filled->type.getShape(), 1);
  if (!count)
    return llvm::consumeError(count.takeError());
  if (*count <= few)
    llvm::consumeError(makeFilled(filled->type.getElementType(), filled->type.getShape(), filled->fill).takeError());
}

/// What llvm::cl itself does something about: it prints and ends the program, or reads arguments from a file.
static bool isOfLibrary(llvm::StringRef argument) {
  if (argument.starts_with("@"))
    return true;
  const llvm::StringRef name = argument.ltrim('-').split('=').first;
  return name.starts_with("h") || name == "version" || name.starts_with("print-");
}

int theria::test::runOn(llvm::StringRef bytes) {
  llvm::SmallVector<llvm::StringRef> lines;
  bytes.split(lines, '\n');
  std::vector<std::string> arguments = {"theria-run"};
  for (llvm::StringRef line : lines) {
    line = line.take_until([](char c) { return c == '\0'; });
    if (isOfLibrary(line))
      return -1;
    arguments.push_back(line.str());
  }
  llvm::SmallVector<const char *> pointers;
  for (const std::string &argument : arguments)
    pointers.push_back(argument.c_str());
  llvm::Expected<Options> options = parseOptions(pointers.size(), pointers.data(), &llvm::nulls());
  if (!options) {
    llvm::consumeError(options.takeError());
    return 0;
  }
  if (options->fill)
    tryLiteral(options->fill->literal);
  for (const std::string &input : options->inputs)
    tryInput(input);
  return 0;
}
