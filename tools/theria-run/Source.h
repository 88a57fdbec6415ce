//===- Source.h - The module that was written -------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_SOURCE_H
#define THERIA_RUN_SOURCE_H

#include "mlir/AsmParser/AsmParserState.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/SourceMgr.h"

#include <string>

namespace theria::run {

/// A module, and the text that it was read from.
class Source {
public:
  explicit Source(mlir::MLIRContext *context) : context(context) {}

  /// Opens the file at `path`, or standard input for "-".
  llvm::Error open(llvm::StringRef path);

  /// Parses and verifies the module. What is wrong is emitted as diagnostics,
  /// located in the file.
  mlir::LogicalResult parse();

  /// The function called `name`; without a name, the only public one that has
  /// a body.
  llvm::Expected<mlir::func::FuncOp> findFunction(llvm::StringRef name);

  /// The names of a function's arguments as written, "%q"; "argument 0" where
  /// the module came as bytecode.
  llvm::SmallVector<std::string> argumentNames(mlir::func::FuncOp function);

  /// Valid once parsed.
  mlir::ModuleOp getModule() { return *module; }
  llvm::SourceMgr &getSourceMgr() { return sourceMgr; }

private:
  mlir::MLIRContext *context;
  llvm::SourceMgr sourceMgr;
  mlir::AsmParserState names;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

} // namespace theria::run

#endif // THERIA_RUN_SOURCE_H
