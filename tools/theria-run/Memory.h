//===- Memory.h - What the system says of memory -----------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_MEMORY_H
#define THERIA_RUN_MEMORY_H

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

/// Has the allocator keep what is freed, so that a run that follows another need not ask the system for memory again.
void keepFreedMemory();

/// The bytes that the process may still take: what the machine, its control group and the limit of the address space
/// leave. Nothing where the system does not tell.
std::optional<uint64_t> availableMemory();

} // namespace theria::run

#endif // THERIA_RUN_MEMORY_H
