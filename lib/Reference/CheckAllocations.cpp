//===- CheckAllocations.cpp - sizes of arrays before they are allocated ---===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "dialect/Theria.h"
#include "lib/Reference/Checks.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Dominance.h"

#include <map>

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_CHECKALLOCATIONS
#include "lib/Reference/Passes.h.inc"

namespace {

struct CheckAllocations : impl::CheckAllocationsBase<CheckAllocations> {
  void runOnOperation() override;
};

} // namespace

/// Room for the size of an element and for the alignment that the lowering of
/// memref.alloc adds, without leaving 63 bits.
static constexpr int64_t kBytesAnElement = 16;

static void check(memref::AllocOp op) {
  CheckBuilder checks(op);
  SmallVector<Value> sizes;
  for (OpFoldResult size : op.getMixedSizes())
    sizes.push_back(checks.index(size));
  sizes.push_back(checks.index(kBytesAnElement));
  Value fits;
  checks.product(sizes, fits);
  ArrayRef<Value> shown = ArrayRef(sizes).drop_back();
  checks.require(fits,
                 "expected sizes that are not negative and whose product fits "
                 "in memory, but found " +
                     sizesFrom(0, shown.size()) + "; give other sizes",
                 shown);
}

/// The sizes of an array in an order that depends on nothing else.
static SmallVector<void *> sizesOf(memref::AllocOp op) {
  SmallVector<void *> sizes;
  for (OpFoldResult size : op.getMixedSizes())
    sizes.push_back(size.getOpaqueValue());
  llvm::sort(sizes);
  return sizes;
}

void CheckAllocations::runOnOperation() {
  const DominanceInfo dominance(getOperation());
  std::map<SmallVector<void *>, SmallVector<Operation *>> checked;
  getOperation().walk([&](memref::AllocOp op) {
    if (op.getDynamicSizes().empty())
      return;
    SmallVector<Operation *> &same = checked[sizesOf(op)];
    if (llvm::any_of(same, [&](Operation *other) { return dominance.properlyDominates(other, op.getOperation()); }))
      return;
    check(op);
    same.push_back(op);
  });
}

} // namespace theria::reference
