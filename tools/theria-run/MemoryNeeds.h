//===- MemoryNeeds.h - Whether a program has room ---------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_MEMORYNEEDS_H
#define THERIA_RUN_MEMORYNEEDS_H

#include "tools/theria-run/Signature.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

namespace theria::run {

/// An error with the bytes needed where the machine has fewer left than a run is known to take, or where their number
/// or that of pairs leaves 63 bits. `report` is that of describeStreaming.
llvm::Error checkMemory(const llvm::json::Object &report, const Signature &signature);

} // namespace theria::run

#endif // THERIA_RUN_MEMORYNEEDS_H
