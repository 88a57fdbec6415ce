//===- DropRules.cpp - custom rules that nothing needs any more -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Calculus/Passes.h"

#include "dialect/Theria.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace theria::calculus {
#define GEN_PASS_DEF_DROPRULES
#include "lib/Calculus/Passes.h.inc"

namespace {
struct DropRules : impl::DropRulesBase<DropRules> {
  void runOnOperation() override {
    getOperation().walk([](mlir::func::FuncOp function) {
      function->removeAttr(jvpRuleName);
      function->removeAttr(vjpRuleName);
    });
    getOperation().walk([](StopGradientOp stop) {
      stop.replaceAllUsesWith(stop.getInput());
      stop.erase();
    });
  }
};
} // namespace
} // namespace theria::calculus
