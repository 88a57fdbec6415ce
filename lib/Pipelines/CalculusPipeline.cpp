//===- CalculusPipeline.cpp - derivatives, still in the language -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Calculus/Passes.h"
#include "lib/Simplify/Simplify.h"
#include "theria/Pipelines.h"

#include "mlir/Pass/PassManager.h"

using namespace mlir;

namespace theria {

void buildCalculusPipeline(OpPassManager &manager) {
  manager.addPass(createSymmetrise());
  manager.addPass(calculus::createExpandCalculus());
  manager.addPass(calculus::createDropRules());
  manager.addPass(createSimplify());
}

} // namespace theria
