//===- Options.h - The command line of theria-compile -----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_COMPILE_OPTIONS_H
#define THERIA_COMPILE_OPTIONS_H

#include "tools/theria-run/Options.h"

namespace theria::compile {

/// A function of the module, and which derivative of it.
struct Wanted {
  std::string function;
  std::vector<Derivative> chain;
};

enum class Form { SharedLibrary, Object, Archive, Bundle };

struct Options {
  std::string file;
  /// Empty: every public function that has a body.
  std::vector<Wanted> wanted;
  std::optional<std::vector<int64_t>> wrt;
  /// A file, or of a bundle a folder.
  std::string output;
  Form form = Form::SharedLibrary;
  /// x86-64, x86-64-v3, x86-64-v4 or aarch64.
  std::string cpu;
  /// Empty: the CPU runs everything.
  std::string chip;
  /// Whether tensor cores compute products of f32, of two parts of tf32 each.
  bool splitTf32 = false;
  /// Whether kernels are to be assembled; where nothing is said, they are where there is a ptxas.
  std::optional<bool> assemble;
  StreamingOptions streaming;
};

/// Parses the command line; --help ends the program, and so does what llvm::cl itself finds wrong.
llvm::Expected<Options> parseOptions(int argc, const char *const *argv);

} // namespace theria::compile

#endif // THERIA_COMPILE_OPTIONS_H
