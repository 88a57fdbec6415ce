//===- ExpandCalculus.cpp - derivatives replaced by operations ------------===//
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
#define GEN_PASS_DEF_EXPANDCALCULUS
#include "lib/Calculus/Passes.h.inc"

namespace {
struct ExpandCalculus : impl::ExpandCalculusBase<ExpandCalculus> {
  void runOnOperation() override {
    Calculus calculus(getOperation());
    for (auto function : llvm::to_vector(getOperation().getOps<mlir::func::FuncOp>()))
      if (failed(calculus.expand(function)))
        return signalPassFailure();
  }
};
} // namespace
} // namespace theria::calculus
