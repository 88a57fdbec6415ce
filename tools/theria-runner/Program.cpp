//===- Program.cpp - The functions of a library ---------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-runner/Program.h"

#include "tools/theria-runner/Arrays.h"

#include <dlfcn.h>

using namespace theria::runner;
using llvm::Expected;
using llvm::SmallVector;
using llvm::StringRef;
using theria::run::error;

Expected<SmallVector<const theria_program *>> theria::runner::openLibrary(StringRef path) {
  // The dynamic linker looks for a name without a slash elsewhere.
  const std::string file = (path.contains('/') ? "" : "./") + path.str();
  void *library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library)
    return error("expected a library that theria-compile made, but " + StringRef(dlerror()) + "; give its path");
  auto list = reinterpret_cast<theria_programs_function>(dlsym(library, "theria_programs"));
  if (!list)
    return error("expected a library that theria-compile made, but " + path +
                 " has no theria_programs; give the path "
                 "of another");
  SmallVector<const theria_program *> programs;
  for (const theria_program *const *program = list(); *program; ++program) {
    // What comes after the version is only known where the version is.
    if ((*program)->version != THERIA_VERSION)
      return error("expected a library for version " + llvm::Twine(THERIA_VERSION) + " of the runtime, but " + path +
                   " is for version " + llvm::Twine((*program)->version) + "; compile it again");
    programs.push_back(*program);
  }
  return programs;
}

Expected<const theria_program *> theria::runner::findProgram(llvm::ArrayRef<const theria_program *> programs,
                                                             StringRef name) {
  if (name.empty() && programs.size() == 1)
    return programs.front();
  std::string known;
  for (const theria_program *program : programs) {
    if (name == program->name)
      return program;
    known += (known.empty() ? "" : ", ") + std::string(program->name);
  }
  return error("expected --function to name a function of the library, " + known + ", but found '" + name + "'");
}

void theria::runner::printPrograms(llvm::ArrayRef<const theria_program *> programs, llvm::raw_ostream &stream) {
  for (const theria_program *program : programs) {
    stream << program->name << ", for " << program->cpu;
    if (program->chip)
      stream << " and " << program->chip;
    stream << '\n';
    for (uint32_t number = 0; number < program->inputCount; ++number)
      stream << "  input  " << describe(program->inputs[number]) << '\n';
    for (uint32_t number = 0; number < program->outputCount; ++number)
      stream << "  output " << describe(program->outputs[number]) << '\n';
  }
}
