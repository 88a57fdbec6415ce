//===- ShareSlices.cpp - equal slices as one value ------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_SHARESLICES
#include "lib/Reference/Passes.h.inc"

namespace {

struct ShareSlices : impl::ShareSlicesBase<ShareSlices> {
  void runOnOperation() override {
    getOperation().walk([](Block *block) {
      llvm::DenseMap<Value, SmallVector<tensor::ExtractSliceOp>> slices;
      for (auto slice : llvm::make_early_inc_range(block->getOps<tensor::ExtractSliceOp>())) {
        SmallVector<tensor::ExtractSliceOp> &known = slices[slice.getSource()];
        auto *same = llvm::find_if(known, [&](tensor::ExtractSliceOp other) {
          return OperationEquivalence::isEquivalentTo(slice, other, OperationEquivalence::IgnoreLocations);
        });
        if (same == known.end()) {
          known.push_back(slice);
          continue;
        }
        slice.replaceAllUsesWith(same->getResult());
        slice.erase();
      }
    });
  }
};

} // namespace
} // namespace theria::reference
