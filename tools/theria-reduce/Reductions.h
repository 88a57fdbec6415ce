//===- Reductions.h - simpler forms of a program ---------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TOOLS_THERIA_REDUCE_REDUCTIONS_H
#define THERIA_TOOLS_THERIA_REDUCE_REDUCTIONS_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace theria {

/// Lets MLIR's reducer replace a value by a constant, an argument or an operand of its operation, and leave out masks
/// and clauses of attention, wherever the program stays interesting.
void addReductions(mlir::DialectRegistry &registry);

} // namespace theria

#endif // THERIA_TOOLS_THERIA_REDUCE_REDUCTIONS_H
