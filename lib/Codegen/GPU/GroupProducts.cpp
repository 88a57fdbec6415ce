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

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

namespace theria::gpu {

namespace {

/// The products of a block, by how many others come one after the other before each.
class ProductStages {
public:
  ProductStages(Block &block, const Frame &frame);

  std::vector<SmallVector<vector::ContractionOp>> stages;

  bool isProduct(Operation *op) const {
    auto product = dyn_cast_or_null<vector::ContractionOp>(op);
    return product && product->getBlock() == &block && isByWgmma(product, frame);
  }

private:
  unsigned stageOf(vector::ContractionOp product);
  /// How many products come one after the other before a value.
  unsigned before(Value value);

  Block &block;
  const Frame &frame;
  llvm::DenseMap<Operation *, unsigned> known;
};

} // namespace

ProductStages::ProductStages(Block &block, const Frame &frame) : block(block), frame(frame) {
  for (auto product : block.getOps<vector::ContractionOp>())
    if (isProduct(product)) {
      const unsigned stage = stageOf(product);
      stages.resize(std::max<size_t>(stages.size(), stage + 1));
      stages[stage].push_back(product);
    }
}

/// One adds to what another gives without a wait.
unsigned ProductStages::stageOf(vector::ContractionOp product) {
  Operation *start = product.getAcc().getDefiningOp();
  const unsigned sum = isProduct(start) ? stageOf(cast<vector::ContractionOp>(start)) : before(product.getAcc());
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
    most = stageOf(cast<vector::ContractionOp>(op)) + 1;
  else
    op->walk([&](Operation *inner) {
      for (Value operand : inner->getOperands())
        if (!op->isAncestor(operand.getParentRegion()->getParentOp()))
          most = std::max(most, before(operand));
    });
  return known[op] = most;
}

/// Whether threads exchange by shared memory what they computed for a product.
static bool needsExchange(vector::ContractionOp product, const Frame &frame) {
  return llvm::any_of(ArrayRef{0u, 1u}, [&](unsigned number) {
    Value tile = viewedTile(product->getOperand(number));
    return !takesPiece(product, number, frame) && !tile.getDefiningOp<vector::TransferReadOp>() &&
           tile.getParentBlock() == product->getBlock();
  });
}

/// Moves products of a stage to the last of them, as far as nothing between needs them.
static void moveDown(ArrayRef<vector::ContractionOp> products) {
  Operation *place = nullptr;
  for (vector::ContractionOp product : llvm::reverse(products)) {
    const bool isNeeded = place && llvm::any_of(product->getUsers(), [&](Operation *user) {
                            Operation *here = place->getBlock()->findAncestorOpInBlock(*user);
                            return here && here->isBeforeInBlock(place);
                          });
    if (isNeeded)
      continue;
    if (place)
      product->moveBefore(place);
    place = product;
  }
}

/// Moves products to the first of them, and before it what they need, as far as that may move.
static void moveUp(ArrayRef<vector::ContractionOp> products, llvm::function_ref<bool(Operation *)> isProduct,
                   llvm::function_ref<bool(Operation *)> mayMove) {
  Operation *first = products.front(), *place = first;
  for (vector::ContractionOp product : products.drop_front()) {
    BackwardSliceOptions options;
    options.filter = [&](Operation *op) {
      return op->getBlock() == first->getBlock() && first->isBeforeInBlock(op) && (op == product || !isProduct(op));
    };
    llvm::SetVector<Operation *> needed;
    if (succeeded(getBackwardSlice(product.getOperation(), &needed, options)) && llvm::all_of(needed, mayMove)) {
      for (Operation *op : needed)
        op->moveBefore(first);
      product->moveAfter(place);
    }
    place = product;
  }
}

void TileDistributor::groupProducts() {
  if (!frame.hasWarpgroups() || !frame.isAlone())
    return;
  auto mayMove = [&](Operation *op) {
    auto read = dyn_cast<vector::TransferReadOp>(op);
    return op->getNumRegions() == 0 &&
           (read ? !writtenArrays.contains(arrayOf(read.getBase())) : isMemoryEffectFree(op));
  };
  launch.getBody().walk([&](Block *block) {
    ProductStages products(*block, frame);
    if (products.stages.empty())
      return;
    if (!products.stages.front().empty())
      moveUp(products.stages.front(), [&](Operation *op) { return products.isProduct(op); }, mayMove);
    for (ArrayRef<vector::ContractionOp> stage : ArrayRef(products.stages).drop_front())
      moveDown(llvm::filter_to_vector(stage, [&](vector::ContractionOp one) { return needsExchange(one, frame); }));
  });
}

} // namespace theria::gpu
