//===- NarrowProducts.cpp - products of bf16 and f16 for tensor cores -----===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"

#include "dialect/Theria.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_NARROWPRODUCTS
#include "lib/Codegen/GPU/Passes.h.inc"

namespace {

struct NarrowProducts : impl::NarrowProductsBase<NarrowProducts> {
  void runOnOperation() override {
    SmallVector<arith::ExtFOp> extensions;
    getOperation().walk([&](arith::ExtFOp op) { extensions.push_back(op); });
    for (arith::ExtFOp op : extensions)
      moveToReaders(op);
    SmallVector<EinsumOp> products;
    getOperation().walk([&](EinsumOp op) {
      if (op->getParentOfType<scf::ForallOp>())
        products.push_back(op);
    });
    for (EinsumOp op : products)
      narrow(op);
  }

private:
  void moveToReaders(arith::ExtFOp op);
  void narrow(EinsumOp op);
};

} // namespace

/// The extension of a slice instead of a slice of the extension, where a sweep reads it; padded with zeros before.
void NarrowProducts::moveToReaders(arith::ExtFOp op) {
  auto source = dyn_cast<RankedTensorType>(op.getIn().getType());
  if (!source || !isSmallFloat(source.getElementType()) || op->getParentOfType<scf::ForallOp>())
    return;
  auto narrow = [&](Value value) { return cast<RankedTensorType>(value.getType()).clone(source.getElementType()); };
  for (Operation *user : llvm::make_early_inc_range(op->getUsers())) {
    auto slice = dyn_cast<tensor::ExtractSliceOp>(user);
    if (!slice || !slice->getParentOfType<scf::ForallOp>())
      continue;
    OpBuilder builder(slice);
    Value own =
        tensor::ExtractSliceOp::create(builder, slice.getLoc(), cast<RankedTensorType>(narrow(slice)), op.getIn(),
                                       slice.getMixedOffsets(), slice.getMixedSizes(), slice.getMixedStrides());
    for (Operation *reader : llvm::make_early_inc_range(slice->getUsers())) {
      auto pad = dyn_cast<tensor::PadOp>(reader);
      if (!pad)
        continue;
      builder.setInsertionPoint(pad);
      Value zero = arith::ConstantOp::create(builder, pad.getLoc(), builder.getZeroAttr(source.getElementType()));
      Value padded = tensor::PadOp::create(builder, pad.getLoc(), cast<RankedTensorType>(narrow(pad)), own,
                                           pad.getMixedLowPad(), pad.getMixedHighPad(), zero);
      pad.replaceAllUsesWith(arith::ExtFOp::create(builder, pad.getLoc(), pad.getType(), padded).getResult());
      pad.erase();
    }
    if (!slice->use_empty()) {
      builder.setInsertionPointAfter(slice);
      slice.replaceAllUsesWith(arith::ExtFOp::create(builder, slice.getLoc(), slice.getType(), own).getResult());
    }
    slice.erase();
  }
}

/// A product of matrices of which one is small: the other is rounded to its type, as tensor cores take both.
void NarrowProducts::narrow(EinsumOp op) {
  Equation equation = op.getLabels();
  if (op.getInputs().size() != 2 || equation.inputs[0].size() != 2 || equation.inputs[1].size() != 2 ||
      equation.result.size() != 2 || isSubset(equation.inputs[0], equation.result))
    return;
  Value left = smallSourceOf(op.getInputs()[0]), right = smallSourceOf(op.getInputs()[1]);
  if (bool(left) == bool(right))
    return;
  OpOperand &other = op.getInputsMutable()[left ? 1 : 0];
  OpBuilder builder(op);
  auto type = cast<RankedTensorType>(other.get().getType());
  Value rounded =
      arith::TruncFOp::create(builder, op.getLoc(), type.clone(getElementTypeOrSelf(left ? left : right)), other.get());
  other.set(arith::ExtFOp::create(builder, op.getLoc(), type, rounded));
}

} // namespace theria::gpu
