//===- parser.cpp - Any text as a program ---------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Fuzzers/Fuzzer.h"
#include "test/Fuzzers/Program.h"

#include "mlir/IR/Verifier.h"

using namespace theria::test;

static std::string print(mlir::ModuleOp module, bool generic) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  mlir::OpPrintingFlags flags;
  module.print(stream, flags.printGenericOpForm(generic));
  return text;
}

/// Parses and verifies; what is a program is printed, parsed and printed again the same.
int theria::test::runOn(llvm::StringRef bytes) {
  mlir::MLIRContext &context = freshContext();
  mlir::OwningOpRef<mlir::ModuleOp> module = parseProgram(bytes, context);
  if (!module)
    return 0;
  for (bool generic : {false, true}) {
    const std::string text = print(*module, generic);
    mlir::OwningOpRef<mlir::ModuleOp> again = parseProgram(text, context);
    require(static_cast<bool>(again), "to parse what was printed");
    require(print(*again, generic) == text, "the text that was printed");
  }
  return 0;
}
