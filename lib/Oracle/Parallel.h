//===- Parallel.h - work shared among threads -------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_ORACLE_PARALLEL_H
#define THERIA_LIB_ORACLE_PARALLEL_H

#include "lib/Oracle/Real.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Parallel.h"

#include <algorithm>

namespace theria::oracle {

/// MPFR keeps constants and memory for each thread that uses it, and does not know when the thread ends.
struct CacheOfThread {
  CacheOfThread() = default;
  CacheOfThread(const CacheOfThread &) = delete;
  CacheOfThread &operator=(const CacheOfThread &) = delete;
  ~CacheOfThread() { mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE); }
};

/// Calls `run` for parts of 0 … count − 1 that are long enough to be worth a thread; within another such call, for all.
inline void forEachRange(int64_t count, llvm::function_ref<void(int64_t first, int64_t last)> run,
                         int64_t shortest = 1024) {
  const int64_t parts = std::min<int64_t>(count / shortest, 64);
  if (parts < 2)
    return run(0, count);
  llvm::parallelFor(0, parts, [&](size_t part) {
    [[maybe_unused]] static thread_local const CacheOfThread cache;
    run(count * part / parts, count * (part + 1) / parts);
  });
}

} // namespace theria::oracle

#endif // THERIA_LIB_ORACLE_PARALLEL_H
