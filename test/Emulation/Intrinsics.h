//===- Intrinsics.h - what NVIDIA's intrinsics do ---------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_EMULATION_INTRINSICS_H
#define THERIA_TEST_EMULATION_INTRINSICS_H

#include "test/Emulation/Machine.h"

#include "llvm/ADT/StringRef.h"

namespace theria::emulation {

/// Does what an intrinsic does for the thread that runs now; others may run before it returns.
struct Intrinsic {
  void (*run)(const Site &site, const Lane &lane);
  Collective together = nullptr; ///< what it is where the lanes of a warp do it as one
};

/// Null where the emulation doesn't know it.
const Intrinsic *findIntrinsic(llvm::StringRef name);

} // namespace theria::emulation

#endif // THERIA_TEST_EMULATION_INTRINSICS_H
