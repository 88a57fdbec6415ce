//===- GroupProducts.cpp - products that begin together -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Products by wgmma go on beside the threads. Those of a block that need no result of another begin one after the
// other, before threads wait for the first. Of the others, those that read what threads exchange by shared memory begin
// together too, so that threads meet once for all of them.
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/TileDistributor.h"

#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace theria::gpu {

namespace {

/// The products of a block, by how many others come one after the other before each.
class ProductStages {
public:
  ProductStages(Block &block, const Frame &frame);

  std::vector<SmallVector<vector::ContractionOp>> stages;

private:
  bool isProduct(Operation *op) const {
    auto product = dyn_cast_or_null<vector::ContractionOp>(op);
    return product && product->getBlock() == &block && isByWgmma(product, frame);
  }
  unsigned before(vector::ContractionOp product);
  unsigned before(Value value);

  Block &block;
  const Frame &frame;
  llvm::DenseMap<Operation *, unsigned> known;
};

} // namespace

ProductStages::ProductStages(Block &block, const Frame &frame) : block(block), frame(frame) {
  for (auto product : block.getOps<vector::ContractionOp>())
    if (isProduct(product)) {
      const unsigned stage = before(product);
      stages.resize(std::max<size_t>(stages.size(), stage + 1));
      stages[stage].push_back(product);
    }
}

/// One adds to what another gives without a wait.
unsigned ProductStages::before(vector::ContractionOp product) {
  Operation *start = product.getAcc().getDefiningOp();
  const unsigned sum = isProduct(start) ? before(cast<vector::ContractionOp>(start)) : before(product.getAcc());
  return std::max({sum, before(product.getLhs()), before(product.getRhs())});
}

unsigned ProductStages::before(Value value) {
  Operation *op = value.getDefiningOp();
  op = op ? block.findAncestorOpInBlock(*op) : nullptr;
  if (!op)
    return 0;
  if (auto found = known.find(op); found != known.end())
    return found->second;
  unsigned most = 0;
  if (isProduct(op))
    most = before(cast<vector::ContractionOp>(op)) + 1;
  else
    op->walk([&](Operation *inner) {
      for (Value operand : inner->getOperands())
        if (!op->isProperAncestor(operand.getParentRegion()->getParentOp()))
          most = std::max(most, before(operand));
    });
  return known[op] = most;
}

/// Moves products of a stage to the last of them, as far as nothing between needs them.
static void moveDown(ArrayRef<vector::ContractionOp> products) {
  if (products.empty())
    return;
  Operation *last = products.back();
  for (vector::ContractionOp product : products.drop_back()) {
    const bool isNeeded = llvm::any_of(product->getUsers(), [&](Operation *user) {
      Operation *here = last->getBlock()->findAncestorOpInBlock(*user);
      return here && here->isBeforeInBlock(last) && !llvm::is_contained(products, user);
    });
    if (!isNeeded)
      product->moveBefore(last);
  }
}

void TileDistributor::groupProducts() {
  if (!frame.hasWarpgroups() || !frame.isAlone())
    return;
  IRRewriter rewriter(builder);
  launch.getBody().walk([&](Block *block) {
    ProductStages products(*block, frame);
    if (products.stages.empty())
      return;
    Operation *place = nullptr;
    for (vector::ContractionOp product : products.stages.front()) {
      if (place && place->getNextNode() != product &&
          succeeded(moveOperationDependencies(rewriter, product, place->getNextNode())))
        product->moveAfter(place);
      place = product;
    }
    for (ArrayRef<vector::ContractionOp> stage : ArrayRef(products.stages).drop_front())
      moveDown(
          llvm::filter_to_vector(stage, [&](vector::ContractionOp one) { return !exchanged(one, frame).empty(); }));
  });
}

} // namespace theria::gpu
