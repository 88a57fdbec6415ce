//===- Faults.h - which call goes wrong, and how ----------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The environment of the process says what goes wrong:
//
//   THERIA_FAULT=KIND:N    the N-th call of a kind, from 1: allocation, map, write, sync, close, truncate, rename,
//   create;
//                          KIND:N+ stands for every call from the N-th on; KIND:0 counts only
//   THERIA_FAULT=space:N   files take N bytes together
//   THERIA_FAULT_THEN=     fail (the call fails; so if nothing is said), or the number of a signal that the process
//   gets THERIA_FAULT_LEAST=N   only calls with at least so many bytes count THERIA_FAULT_CALLER=X  only calls by an
//   executable or library of whose path X is a part count THERIA_FAULT_COUNT=F   the file that gets the number of calls
//   when the process ends THERIA_FAULT_SWEEP=F   each N-th call in turn: a copy of the process is made in which it
//   fails (with N+, and all that
//                          follow), which writes what it says and its end to the file F; the file system stays as it is
//   THERIA_FAULT_DEPTH=D   a sweep takes only calls that were reached by another path than all before: D frames
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_FAULTS_H
#define THERIA_TEST_FAULTS_H

#include <cstddef>

namespace theria::faults {

enum class Kind { None, Space, Allocation, Map, Write, Sync, Close, Truncate, Rename, Create };

/// Counts a call of a kind, and says whether it shall fail. Where the process shall get a signal instead, `before` is
/// called and the signal raised.
bool happens(Kind kind, size_t bytes, void *caller, void (*before)(void *) = nullptr, void *context = nullptr);

template <typename Before> bool happens(Kind kind, size_t bytes, void *caller, Before before) {
  return happens(kind, bytes, caller, [](void *context) { (*static_cast<Before *>(context))(); }, &before);
}

/// How many of so many bytes the disk still takes.
size_t roomFor(size_t bytes);

/// Whether this process waits for copies of itself, so that what it does takes any time.
bool waitsForCopies();

/// Notes in the file of a sweep what becomes of a file. True in the copy of a process, which must leave it as it is.
bool note(const char *what, const char *path);

} // namespace theria::faults

#endif // THERIA_TEST_FAULTS_H
