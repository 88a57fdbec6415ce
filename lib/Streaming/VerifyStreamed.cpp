//===- VerifyStreamed.cpp - no pair tensor is left in memory --------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Passes.h"

#include "lib/Streaming/Stream.h"

using namespace mlir;

namespace theria::streaming {
#define GEN_PASS_DEF_VERIFYSTREAMED
#include "lib/Streaming/Passes.h.inc"

namespace {

struct VerifyStreamed : impl::VerifyStreamedBase<VerifyStreamed> {
  void runOnOperation() override {
    auto result = getOperation().walk([](Operation *op) {
      if (!touchesPairs(op) || isBoundary(op) || op->hasTrait<OpTrait::IsTerminator>())
        return WalkResult::advance();
      op->emitError("expected no pair tensor in memory, but '")
          << op->getName() << "' needs one; write it with operations that can be walked by blocks, or choose the "
          << "reference path";
      return WalkResult::interrupt();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};

} // namespace
} // namespace theria::streaming
