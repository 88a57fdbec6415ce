//===- Decompose.cpp - composite operations replaced by definitions -------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Calculus/Calculus.h"
#include "lib/Calculus/Passes.h"

#include "dialect/Theria.h"

namespace theria::calculus {
#define GEN_PASS_DEF_DECOMPOSE
#include "lib/Calculus/Passes.h.inc"

namespace {
struct Decompose : impl::DecomposeBase<Decompose> {
  void runOnOperation() override {
    if (failed(decomposeComposites(getOperation())))
      signalPassFailure();
  }
};
} // namespace
} // namespace theria::calculus
