//===- CheckRecursion.cpp - stack for functions that call themselves ------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "dialect/Theria.h"
#include "mlir/Analysis/CallGraph.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/SCCIterator.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_CHECKRECURSION
#include "lib/Reference/Passes.h.inc"

namespace {

struct CheckRecursion : impl::CheckRecursionBase<CheckRecursion> {
  void runOnOperation() override;
};

} // namespace

static SmallVector<func::FuncOp> findRecursive(ModuleOp module) {
  CallGraph graph(module);
  SmallVector<func::FuncOp> recursive;
  for (auto component = llvm::scc_begin(static_cast<const CallGraph *>(&graph)); !component.isAtEnd(); ++component)
    if (component.hasCycle())
      for (CallGraphNode *node : *component)
        if (!node->isExternal())
          recursive.push_back(node->getCallableRegion()->getParentOfType<func::FuncOp>());
  return recursive;
}

static func::FuncOp declareHasStack(ModuleOp module) {
  OpBuilder builder(module.getContext());
  auto type = builder.getFunctionType({}, builder.getI1Type());
  auto function = func::FuncOp::create(builder, module.getLoc(), "theria_has_stack", type);
  function.setPrivate();
  SymbolTable(module).insert(function, module.getBody()->begin());
  return function;
}

void CheckRecursion::runOnOperation() {
  SmallVector<func::FuncOp> recursive = findRecursive(getOperation());
  if (recursive.empty())
    return;
  func::FuncOp hasStack = declareHasStack(getOperation());
  for (func::FuncOp function : recursive) {
    OpBuilder builder = OpBuilder::atBlockBegin(&function.getBody().front());
    Value left = func::CallOp::create(builder, function.getLoc(), hasStack).getResult(0);
    CheckOp::create(builder, function.getLoc(), left,
                    "expected calls that end, but they nest deeper than the stack; bound the recursion or use scf.for",
                    ValueRange());
  }
}

} // namespace theria::reference
