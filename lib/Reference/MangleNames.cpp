//===- MangleNames.cpp - keep functions apart from C libraries ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_MANGLENAMES
#include "lib/Reference/Passes.h.inc"

namespace {

struct MangleNames : impl::MangleNamesBase<MangleNames> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    SymbolTable symbols(module);
    for (auto function : module.getOps<func::FuncOp>()) {
      if (!function.isPrivate())
        continue;
      auto name = StringAttr::get(&getContext(), "theria." + function.getSymName());
      if (failed(symbols.rename(function, name)))
        return signalPassFailure();
    }
  }
};

} // namespace
} // namespace theria::reference
