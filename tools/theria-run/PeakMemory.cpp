//===- PeakMemory.cpp - The most memory that a piece of work takes --------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/PeakMemory.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"

#include <fstream>
#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace theria::run;

/// A line of /proc/self/status, in bytes.
static std::optional<uint64_t> readStatus(llvm::StringRef name) {
  auto file = llvm::MemoryBuffer::getFileAsStream("/proc/self/status");
  if (!file)
    return std::nullopt;
  llvm::StringRef text = (*file)->getBuffer();
  const size_t at = text.find(name);
  uint64_t kibibytes = 0;
  if (at == llvm::StringRef::npos || text.substr(at + name.size()).ltrim().consumeInteger(10, kibibytes))
    return std::nullopt;
  return kibibytes * 1024;
}

PeakMemory::PeakMemory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
  // 5 resets the peak (proc_pid_clear_refs(5)).
  std::ofstream reset("/proc/self/clear_refs");
  reset << 5 << std::flush;
  if (reset)
    start = readStatus("VmRSS:");
}

std::optional<uint64_t> PeakMemory::growth() const {
  const std::optional<uint64_t> peak = start ? readStatus("VmHWM:") : std::nullopt;
  return peak ? std::optional(*peak > *start ? *peak - *start : 0) : std::nullopt;
}
