//===- Arrays.h - Files of arrays as a program takes them -------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUNNER_ARRAYS_H
#define THERIA_RUNNER_ARRAYS_H

#include "runtime/theria_program.h"
#include "tools/theria-run/npy/Npy.h"

namespace theria::runner {

/// An input, and the memory that it lies in.
struct HostArray {
  run::Buffer memory;
  theria_array array{};
};

/// "q: 2x?xf32".
std::string describe(const theria_port &port);

/// Reads an array of the port's element type; sizes are the runtime's to check. A bf16 is read from f4.
llvm::Expected<HostArray> readArray(llvm::StringRef path, const theria_port &port);

/// Writes a result, bf16 as f4.
void writeArray(llvm::raw_ostream &stream, const theria_array &array);

/// "2x3, norm 1.25", or of a scalar its value.
std::string summarise(const theria_array &array);

} // namespace theria::runner

#endif // THERIA_RUNNER_ARRAYS_H
