//===- Passes.h - passes of the reference path ------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_REFERENCE_PASSES_H
#define THERIA_LIB_REFERENCE_PASSES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace theria::reference {

/// The name of the entry that MakeEntry adds.
inline constexpr llvm::StringLiteral kEntry = "__theria_entry";

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lib/Reference/Passes.h.inc"

} // namespace theria::reference

#endif // THERIA_LIB_REFERENCE_PASSES_H
