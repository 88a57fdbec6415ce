//===- Target.cpp - what loops are made for --------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "theria/Pipelines.h"

#include "llvm/ADT/StringMap.h"
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

} // namespace theria
