//===- Mutant.h - the one mutant that runs ----------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A mutated source holds all of its mutants; the environment says which one runs (THERIA_MUTANT, a number), and where
// to write the numbers of those that a process could have run (THERIA_MUTANTS_REACHED, a file).
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_MUTATION_MUTANT_H
#define THERIA_TEST_MUTATION_MUTANT_H

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace theria {

/// Notes once that the process came to a mutant, at once: a process may end in any way.
inline void noteMutantReached(int number) {
  static const char *const file = std::getenv("THERIA_MUTANTS_REACHED");
  static std::atomic<bool> known[1 << 16];
  if (!file || known[number].exchange(true))
    return;
  char line[16];
  int length = std::snprintf(line, sizeof line, "%d\n", number);
  int descriptor = open(file, O_WRONLY | O_CREAT | O_APPEND, 0666);
  if (descriptor < 0 || write(descriptor, line, length) != length)
    std::abort();
  close(descriptor);
}

/// Whether a mutant is the one that runs.
inline bool mutant(int number) {
  static const int running = [] {
    const char *text = std::getenv("THERIA_MUTANT");
    return text ? std::atoi(text) : -1;
  }();
  noteMutantReached(number);
  return number == running;
}

} // namespace theria

#endif // THERIA_TEST_MUTATION_MUTANT_H
