//===- Program.h - Programs out of any text ---------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_FUZZERS_PROGRAM_H
#define THERIA_TEST_FUZZERS_PROGRAM_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace theria::test {

/// A context of every dialect, without threads, that drops what is diagnosed. Made anew now and then, since it keeps
/// every type and attribute that it saw; programs of an earlier call are to be gone by then.
mlir::MLIRContext &freshContext();

/// Parses and verifies as the tools do; null where the text is no program, or bytecode, or too deep.
mlir::OwningOpRef<mlir::ModuleOp> parseProgram(llvm::StringRef text, mlir::MLIRContext &context);

} // namespace theria::test

#endif // THERIA_TEST_FUZZERS_PROGRAM_H
