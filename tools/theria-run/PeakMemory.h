//===- PeakMemory.h - The most memory that a piece of work takes -*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_PEAKMEMORY_H
#define THERIA_RUN_PEAKMEMORY_H

#include <cstdint>
#include <optional>

namespace theria::run {

/// By how many bytes the resident memory of the process grows at most; known where /proc tells it (Linux).
class PeakMemory {
public:
  /// Gives back what earlier work freed, and counts from here.
  PeakMemory();

  /// The growth so far; nothing where it isn't known.
  std::optional<uint64_t> growth() const;

private:
  std::optional<uint64_t> start;
};

} // namespace theria::run

#endif // THERIA_RUN_PEAKMEMORY_H
