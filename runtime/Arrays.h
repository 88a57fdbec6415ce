//===- Arrays.h - arrays of a caller and of a program -----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUNTIME_ARRAYS_H
#define THERIA_RUNTIME_ARRAYS_H

#include "runtime/Entry.h"
#include "runtime/theria_program.h"

#include <string>

namespace theria::runtime {

/// What theria_run returns, and in words.
struct Status {
  int32_t code = THERIA_OK;
  std::string message;
  bool good() const { return code == THERIA_OK; }
};

/// Of an array that has been checked.
uint64_t byteCount(const theria_array &array);
/// The array that a result's descriptor describes, where the caller wants it.
theria_array arrayOf(const theria_port &port, const Descriptor &from, const theria_array &wanted);

/// "expected NAME <what>".
Status badArgument(const theria_port &port, const std::string &what);
/// Whether the arrays are what a program takes; sizes of one class are equal.
Status checkInputs(const theria_program &program, const theria_array *inputs);
/// Whether results can be put where the caller wants them, as far as that can be said before they are there.
Status checkOutputs(const theria_program &program, const theria_array *outputs);
/// Whether memory that the caller gave is for this result.
Status checkGiven(const theria_port &port, const theria_array &given, const theria_array &result);

} // namespace theria::runtime

#endif // THERIA_RUNTIME_ARRAYS_H
