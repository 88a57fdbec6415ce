//===- Library.h - Objects as what the user asked for -----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_COMPILE_LIBRARY_H
#define THERIA_COMPILE_LIBRARY_H

#include "tools/theria-compile/Export.h"

namespace theria::compile {

/// The object that describes the functions to theria_run: runtime/theria_program.h.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> describe(llvm::ArrayRef<Export> exports, const Options &options);

/// The C header of a library.
std::string makeHeader(llvm::ArrayRef<Export> exports, const Options &options);

/// Writes a library of `objects` and its header to where the options say, or both into a folder with all that a run
/// needs. All files or none.
llvm::Error writeLibrary(const run::Objects &objects, llvm::StringRef header, const Options &options);

} // namespace theria::compile

#endif // THERIA_COMPILE_LIBRARY_H
