//===- Program.h - The functions of a library -------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUNNER_PROGRAM_H
#define THERIA_RUNNER_PROGRAM_H

#include "runtime/theria_program.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"

namespace theria::runner {

/// The functions of a library that theria-compile made, which stays loaded.
llvm::Expected<llvm::SmallVector<const theria_program *>> openLibrary(llvm::StringRef path);

/// The function of that name, or the only one.
llvm::Expected<const theria_program *> findProgram(llvm::ArrayRef<const theria_program *> programs,
                                                   llvm::StringRef name);

/// Every function with its inputs and results.
void printPrograms(llvm::ArrayRef<const theria_program *> programs, llvm::raw_ostream &stream);

} // namespace theria::runner

#endif // THERIA_RUNNER_PROGRAM_H
