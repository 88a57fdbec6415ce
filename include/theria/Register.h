//===- Register.h - what a program registers to use Theria ------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_REGISTER_H
#define THERIA_REGISTER_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace theria {

/// Registers the language (theria, func, arith, math, tensor, scf), every
/// dialect that a pipeline lowers to, their external models, and the
/// translation of the LLVM dialect to LLVM IR.
void registerAllDialects(mlir::DialectRegistry &registry);

/// Registers every pass and every named pipeline of Theria, and the upstream
/// passes that are useful beside them, for use by textual names.
void registerAllPasses();

} // namespace theria

#endif // THERIA_REGISTER_H
