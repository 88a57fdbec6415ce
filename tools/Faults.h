//===- Faults.h - memory that ends, and interruption ------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What ends a tool from outside ends it with one line and without rests: files that are not complete are removed, and
// nothing has its final name yet. docs/Faults.md says what is promised.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TOOLS_FAULTS_H
#define THERIA_TOOLS_FAULTS_H

#include "llvm/Support/Error.h"
#include "llvm/Support/InitLLVM.h"

#include <array>
#include <csignal>

namespace theria {

/// To be made first in main. Memory that can't be had and LLVM's fatal errors are an error with exit status 1, from the
/// first constructor of a library on; SIGINT, SIGTERM and SIGHUP are one line, and then what they are by default.
class FaultHandlers {
public:
  FaultHandlers(int &argc, char **&argv);

private:
  /// What the caller of the tool said of signals, before LLVM changes it.
  std::array<struct sigaction, 3> former;
  llvm::InitLLVM init;
};

/// While one lives, a signal to end waits: for what must be done as a whole.
class InterruptsHeld {
public:
  InterruptsHeld();
  InterruptsHeld(const InterruptsHeld &) = delete;
  InterruptsHeld &operator=(const InterruptsHeld &) = delete;
  ~InterruptsHeld();
};

/// While one lives, a library starts that aborts where it finds no memory, or waits for itself: either is an error.
class LibraryStart {
public:
  LibraryStart();
  LibraryStart(const LibraryStart &) = delete;
  LibraryStart &operator=(const LibraryStart &) = delete;
  ~LibraryStart();
};

/// From now on, what ends the tool says that its files are complete.
void noteFilesWritten();

/// What standard output could not take; success where it took everything.
llvm::Error checkStandardOutput();

} // namespace theria

#endif // THERIA_TOOLS_FAULTS_H
