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

namespace theria {

CpuTarget CpuTarget::host() {
  llvm::Triple triple(llvm::sys::getProcessTriple());
  CpuTarget target;
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
      .Case("x86-64", CpuTarget{16, 16, false})
      .Case("x86-64-v3", CpuTarget{32, 16, true})
      .Case("x86-64-v4", CpuTarget{64, 32, true})
      .Case("aarch64", CpuTarget{16, 32, true})
      .Default(std::nullopt);
}

} // namespace theria
