//===- Main.h - Run a function of a module ----------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_MAIN_H
#define THERIA_RUN_MAIN_H

#include "llvm/ADT/STLFunctionalExtras.h"

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace theria::run {

class Device;

/// The program theria-run; returns its exit status. `extend` is called before Theria's dialects are registered, so that
/// what it attaches to an operation comes before Theria's own.
/// `device`, if given, runs the streaming path.
int runMain(int argc, char **argv, llvm::function_ref<void(mlir::DialectRegistry &)> extend = nullptr,
            Device *device = nullptr);

} // namespace theria::run

#endif // THERIA_RUN_MAIN_H
