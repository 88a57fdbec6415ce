//===- Warpgroup.h - products of four warps ---------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// wgmma goes on beside the threads: what it gives to registers is there once they have waited for it. Until then they
// hold numbers that are none, each of which tells the product and the place of the sum that it stands for. A warp's
// part of a product depends on no other warp's.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_EMULATION_WARPGROUP_H
#define THERIA_TEST_EMULATION_WARPGROUP_H

#include "test/Emulation/Intrinsics.h"

namespace theria::emulation {

/// What a line of inline assembly does; null where the emulation doesn't know it.
const Intrinsic *findAssembly(llvm::StringRef text);

/// wgmma.fence and wgmma.commit_group.
void fenceRegisters(const Site &site, const Lane &lane);
void commitProducts(const Site &site, const Lane &lane);

} // namespace theria::emulation

#endif // THERIA_TEST_EMULATION_WARPGROUP_H
