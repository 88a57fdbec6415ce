//===- Memory.cpp - What the system says of memory ------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Memory.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Compiler.h"
#include "llvm/Support/MemoryBuffer.h"

#include <atomic>
#include <climits>
#include <fstream>
#include <sys/resource.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#if LLVM_ADDRESS_SANITIZER_BUILD || LLVM_THREAD_SANITIZER_BUILD
#include <sanitizer/allocator_interface.h>
#define THERIA_SANITIZED_ALLOCATOR 1
#endif

using namespace theria::run;

/// A line of a file of /proc, in bytes.
static std::optional<uint64_t> readKibibytes(const char *path, llvm::StringRef name) {
  auto file = llvm::MemoryBuffer::getFileAsStream(path);
  if (!file)
    return std::nullopt;
  llvm::StringRef text = (*file)->getBuffer();
  const size_t at = text.find(name);
  uint64_t kibibytes = 0;
  if (at == llvm::StringRef::npos || text.substr(at + name.size()).ltrim().consumeInteger(10, kibibytes))
    return std::nullopt;
  return kibibytes * 1024;
}

static std::optional<uint64_t> readStatus(llvm::StringRef name) { return readKibibytes("/proc/self/status", name); }

void theria::run::keepFreedMemory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
#endif
}

#ifdef THERIA_SANITIZED_ALLOCATOR

// What a sanitizer holds beside the program's memory is resident too: what is allocated is counted instead.
static std::atomic<int64_t> allocatedBytes, mostAllocatedBytes;

static void addAllocated(const volatile void *, size_t bytes) {
  const int64_t now = allocatedBytes += static_cast<int64_t>(bytes);
  int64_t most = mostAllocatedBytes;
  while (now > most && !mostAllocatedBytes.compare_exchange_weak(most, now))
    ;
}

static void subtractAllocated(const volatile void *memory) {
  if (memory)
    allocatedBytes -= static_cast<int64_t>(__sanitizer_get_allocated_size(memory));
}

PeakMemory::PeakMemory() {
  [[maybe_unused]] static const int installed =
      __sanitizer_install_malloc_and_free_hooks(addAllocated, subtractAllocated);
  start = mostAllocatedBytes = allocatedBytes.load();
}

std::optional<uint64_t> PeakMemory::growth() const { return mostAllocatedBytes - static_cast<int64_t>(*start); }

#else

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

#endif

/// What a control group leaves: its limit less what can't be dropped from memory. Nothing where it has no limit.
static std::optional<uint64_t> availableInGroup() {
  uint64_t limit = 0, anonymous = 0;
  std::string word;
  std::ifstream maximum("/sys/fs/cgroup/memory.max"), statistics("/sys/fs/cgroup/memory.stat");
  if (!(maximum >> limit) || !(statistics >> word >> anonymous) || word != "anon")
    return std::nullopt;
  return limit - std::min(limit, anonymous);
}

std::optional<uint64_t> theria::run::availableMemory() {
  std::optional<uint64_t> least;
  auto bound = [&](std::optional<uint64_t> bytes) {
    if (bytes)
      least = least ? std::min(*least, *bytes) : *bytes;
  };
  if (auto free = readKibibytes("/proc/meminfo", "MemAvailable:"))
    bound(*free + readKibibytes("/proc/meminfo", "SwapFree:").value_or(0));
  bound(availableInGroup());
  rlimit limit{};
  const std::optional<uint64_t> used = readStatus("VmSize:");
  if (used && getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    bound(limit.rlim_cur - std::min<uint64_t>(limit.rlim_cur, *used));
  return least;
}
