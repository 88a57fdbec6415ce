//===- Nesting.h - Programs too deep for the parser -------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TOOLS_NESTING_H
#define THERIA_TOOLS_NESTING_H

#include "mlir/Support/LLVM.h"
#include "llvm/Support/MemoryBuffer.h"

namespace theria {

/// Prints an error, located in the program, where it opens so many brackets inside each other that MLIR's parser, which
/// descends once for each, would use up the stack. Bytecode has no brackets.
llvm::LogicalResult checkNesting(const llvm::MemoryBuffer &program);

} // namespace theria

#endif // THERIA_TOOLS_NESTING_H
