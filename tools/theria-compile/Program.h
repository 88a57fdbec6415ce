//===- Program.h - Programs of others ---------------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_COMPILE_PROGRAM_H
#define THERIA_COMPILE_PROGRAM_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

#include <memory>
#include <string>
#include <vector>

namespace theria::compile {

/// Runs a program on a file that holds `input`, and gives the file that it makes. `arguments` names both. Where it
/// fails, the error is what it says.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
runProgram(llvm::StringRef program, llvm::StringRef input,
           llvm::function_ref<std::vector<std::string>(std::string in, std::string out)> arguments);

} // namespace theria::compile

#endif // THERIA_COMPILE_PROGRAM_H
