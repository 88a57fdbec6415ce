//===- Program.cpp - Programs out of any text -----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Fuzzers/Program.h"

#include "theria/Register.h"
#include "tools/Nesting.h"

#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"

#include <memory>

using namespace theria;

mlir::MLIRContext &test::freshContext() {
  static std::unique_ptr<mlir::MLIRContext> current;
  static unsigned uses = 0;
  if (uses++ % 1000 == 0) {
    mlir::DialectRegistry registry;
    registerAllDialects(registry);
    current = std::make_unique<mlir::MLIRContext>(registry, mlir::MLIRContext::Threading::DISABLED);
    current->getDiagEngine().registerHandler([](mlir::Diagnostic &) { return mlir::success(); });
  }
  return *current;
}

mlir::OwningOpRef<mlir::ModuleOp> test::parseProgram(llvm::StringRef text, mlir::MLIRContext &context) {
  std::unique_ptr<llvm::MemoryBuffer> buffer = llvm::MemoryBuffer::getMemBufferCopy(text);
  if (mlir::isBytecode(buffer->getMemBufferRef()) || mlir::failed(checkNesting(*buffer)))
    return nullptr;
  return mlir::parseSourceString<mlir::ModuleOp>(buffer->getBuffer(), &context);
}
