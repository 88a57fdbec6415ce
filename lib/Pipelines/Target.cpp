//===- Target.cpp - what loops are made for --------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "theria/Pipelines.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

#include <unistd.h>

namespace theria {

/// Takes the sizes of caches from the system, where it knows them.
static void readCaches(CpuTarget &target) {
#ifdef _SC_LEVEL3_CACHE_SIZE
  if (long bytes = sysconf(_SC_LEVEL2_CACHE_SIZE); bytes > 0)
    target.secondLevelCache = target.lastLevelCache = bytes;
  const long bytes = sysconf(_SC_LEVEL3_CACHE_SIZE), cores = sysconf(_SC_NPROCESSORS_CONF);
  if (bytes > 0 && cores > 0)
    target.lastLevelCache = std::max<int64_t>(bytes / cores, target.secondLevelCache);
#endif
}

CpuTarget CpuTarget::host() {
  llvm::Triple triple(llvm::sys::getProcessTriple());
  CpuTarget target;
  readCaches(target);
  target.vectorBytes = 16;
  if (triple.isAArch64()) {
    target.vectorRegisters = 32;
    return target;
  }
  llvm::StringMap<bool> features = llvm::sys::getHostCPUFeatures();
  target.fma = features.lookup("fma");
  if (features.lookup("avx512f") && features.lookup("avx512vl")) {
    target.vectorBytes = 64;
    target.vectorRegisters = 32;
  } else if (features.lookup("avx2") && target.fma) {
    target.vectorBytes = 32;
  }
  return target;
}

std::optional<CpuTarget> CpuTarget::named(llvm::StringRef name) {
  if (name == "host")
    return host();
  return llvm::StringSwitch<std::optional<CpuTarget>>(name)
      .Case("x86-64", CpuTarget{.vectorBytes = 16, .vectorRegisters = 16, .fma = false})
      .Case("x86-64-v3", CpuTarget{.vectorBytes = 32})
      .Case("x86-64-v4", CpuTarget{.vectorBytes = 64, .vectorRegisters = 32})
      .Case("aarch64", CpuTarget{.vectorBytes = 16, .vectorRegisters = 32})
      .Default(std::nullopt);
}

} // namespace theria
