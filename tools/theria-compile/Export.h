//===- Export.h - A function of a library -----------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_COMPILE_EXPORT_H
#define THERIA_COMPILE_EXPORT_H

#include "tools/theria-compile/Options.h"
#include "tools/theria-run/ObjectCode.h"
#include "tools/theria-run/Signature.h"
#include "tools/theria-run/Source.h"

namespace theria::compile {

/// A compiled function.
struct Export {
  /// Its C identifier.
  std::string symbol;
  /// "attention:jvp,vjp".
  std::string name;
  run::Signature signature;
  run::Objects objects;
  /// PTX or a cubin, and what it is for; empty: none.
  std::string kernels, chip;
};

/// Compiles what the options ask for. What is wrong with a program is emitted as diagnostics; the error is then empty.
llvm::Expected<llvm::SmallVector<Export, 0>> compileExports(run::Source &source, const Options &options);

/// A name as a C identifier.
std::string toIdentifier(llvm::StringRef name);

} // namespace theria::compile

#endif // THERIA_COMPILE_EXPORT_H
