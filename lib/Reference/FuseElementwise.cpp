//===- FuseElementwise.cpp - chains of elementwise loops as one -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_FUSEELEMENTWISE
#include "lib/Reference/Passes.h.inc"

/// The value of all elements of a tensor, where one operation says it; upstream looks at constants of other types only.
static Value splatOf(OpBuilder &builder, Value tensor) {
  if (auto splat = tensor.getDefiningOp<tensor::SplatOp>())
    return splat.getInput();
  SplatElementsAttr elements;
  if (!matchPattern(tensor, m_Constant(&elements)) || !elements.getElementType().isIndex())
    return {};
  return arith::ConstantOp::create(builder, tensor.getLoc(), elements.getSplatValue<TypedAttr>());
}

/// Bodies use the value of a splat instead of an element.
static void useSplats(linalg::GenericOp op) {
  OpBuilder builder(op);
  for (OpOperand *operand : op.getDpsInputOperands())
    if (BlockArgument element = op.getMatchingBlockArgument(operand); !element.use_empty())
      if (Value splat = splatOf(builder, operand->get()))
        element.replaceAllUsesWith(splat);
}

/// Whether an operation only computes with positions, which is as fast as to read what it computed.
static bool isOfPositions(linalg::GenericOp op) {
  return !op.getNumDpsInputs() && op->getNumResults() == 1 &&
         op.getMatchingBlockArgument(op.getDpsInitOperand(0)).use_empty() &&
         llvm::all_of(op.getBody()->without_terminator(), [](Operation &inner) {
           return isa<linalg::IndexOp, arith::ConstantOp, arith::AddIOp, arith::SubIOp, arith::IndexCastOp>(inner);
         });
}

/// Each loop that could compute positions gets operations of its own to do so.
static void copyPositions(linalg::GenericOp op) {
  if (!isOfPositions(op))
    return;
  for (OpOperand &use : llvm::make_early_inc_range(op->getUses())) {
    auto consumer = dyn_cast<linalg::GenericOp>(use.getOwner());
    if (op->hasOneUse() || !consumer || consumer.getNumLoops() != consumer.getNumParallelLoops() ||
        consumer.getNumLoops() != op.getNumLoops())
      continue;
    OpBuilder builder(consumer);
    use.set(builder.clone(*op)->getResult(0));
  }
}

/// Whether the fused loop would compute each element of the producer once: not in a contraction or a broadcast.
static bool computesOnce(OpOperand *operand) {
  auto producer = operand->get().getDefiningOp<linalg::GenericOp>();
  auto consumer = dyn_cast<linalg::GenericOp>(operand->getOwner());
  return producer && consumer && consumer.getNumLoops() == producer.getNumLoops() &&
         consumer.getMatchingIndexingMap(operand).isPermutation();
}

static bool computesOnceForOne(OpOperand *operand) {
  return computesOnce(operand) && operand->get().getDefiningOp()->hasOneUse();
}

/// The operations after `producer` and before `consumer` that depend on it; none where the consumer depends on these,
/// or they can't be moved behind it.
static std::optional<SmallVector<Operation *>> dependentsBetween(Operation *producer, Operation *consumer) {
  llvm::SmallPtrSet<Operation *, 16> known{producer};
  auto depends = [&](Operation *op) {
    bool found = false;
    op->walk([&](Operation *inner) {
      for (Value operand : inner->getOperands())
        found |= operand.getDefiningOp() && known.contains(operand.getDefiningOp());
    });
    return found;
  };
  SmallVector<Operation *> between;
  for (Operation *op = producer->getNextNode(); op != consumer; op = op->getNextNode()) {
    if (!depends(op))
      continue;
    if (!isMemoryEffectFree(op))
      return std::nullopt;
    between.push_back(op);
    known.insert(op);
  }
  known.erase(producer);
  return depends(consumer) ? std::nullopt : std::optional(between);
}

/// Whether a loop that sums and keeps what it sums might read the tensor that this is put into: it would be copied
/// first, since only loops that sum nothing are known to write each element after they read it.
static bool mightOverwrite(linalg::GenericOp producer, linalg::GenericOp consumer) {
  if (!consumer.getNumReductionLoops())
    return false;
  return llvm::any_of(producer->getUsers(), [&](Operation *user) {
    auto insertion = dyn_cast<tensor::InsertSliceOp>(user);
    auto reads = [&](Value value) {
      auto slice = value.getDefiningOp<tensor::ExtractSliceOp>();
      return insertion && slice && slice.getSourceType() == insertion.getDestType();
    };
    return llvm::any_of(producer->getOperands(), reads) || llvm::any_of(consumer->getOperands(), reads);
  });
}

/// How often an operation, or one in its region, which may look up any element, reads results of another.
static int64_t countReads(Operation *op, Operation *producer) {
  int64_t reads = 0;
  op->walk([&](Operation *inner) {
    reads += llvm::count_if(inner->getOperands(), [&](Value value) { return value.getDefiningOp() == producer; });
  });
  return reads;
}

/// Fuses an operand's producer into one of several readers; the others read what the fused loop keeps.
static bool fuseKept(OpOperand *operand, IRRewriter &rewriter, const FrozenRewritePatternSet &once) {
  auto producer = operand->get().getDefiningOp<linalg::GenericOp>();
  Operation *consumer = operand->getOwner();
  if (!computesOnce(operand) || producer->getBlock() != consumer->getBlock() || countReads(consumer, producer) != 1 ||
      !linalg::areElementwiseOpsFusable(operand) || mightOverwrite(producer, cast<linalg::GenericOp>(consumer)))
    return false;
  std::optional<SmallVector<Operation *>> between = dependentsBetween(producer, consumer);
  if (!between)
    return false;
  rewriter.setInsertionPoint(consumer);
  FailureOr<linalg::ElementwiseOpFusionResult> fused = linalg::fuseElementwiseOps(rewriter, operand);
  if (failed(fused))
    return false;
  Operation *last = fused->fusedOp;
  for (Operation *op : *between) {
    op->moveAfter(last);
    last = op;
  }
  for (auto [from, to] : fused->replacements)
    rewriter.replaceAllUsesWith(from, to);
  rewriter.eraseOp(consumer);
  rewriter.eraseOp(producer);
  // What both read is one operand, so that what makes it can be fused in turn.
  (void)applyOpPatternsGreedily({fused->fusedOp}, once);
  return true;
}

/// What a loop carries is updated where it is, if bufferization finds that nothing else needs it.
static void updateCarried(linalg::GenericOp op) {
  if (op.getNumReductionLoops())
    return;
  for (unsigned result = 0; result < op->getNumResults(); ++result) {
    OpOperand *output = op.getDpsInitOperand(result);
    if (!output->get().getDefiningOp<tensor::EmptyOp>())
      continue;
    for (OpOperand *input : op.getDpsInputOperands()) {
      auto argument = dyn_cast<BlockArgument>(input->get());
      if (argument && isa<scf::ForOp>(argument.getOwner()->getParentOp()) &&
          argument.getType() == output->get().getType() &&
          op.getMatchingIndexingMap(input) == op.getMatchingIndexingMap(output) &&
          !llvm::is_contained(op.getOutputs(), argument)) {
        output->set(argument);
        break;
      }
    }
  }
}

namespace {

struct FuseElementwise : impl::FuseElementwiseBase<FuseElementwise> {
  void runOnOperation() override {
    getOperation().walk(useSplats);
    getOperation().walk(copyPositions);
    RewritePatternSet patterns(&getContext());
    linalg::populateElementwiseOpsFusionPatterns(patterns, computesOnceForOne);
    // Each fusion leaves an operation fewer, so this ends; in how many rounds, the length of chains says.
    GreedyRewriteConfig config;
    config.setMaxIterations(GreedyRewriteConfig::kNoLimit);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns), config)))
      return signalPassFailure();
    RewritePatternSet sharing(&getContext());
    linalg::populateEraseUnusedOperandsAndResultsPatterns(sharing);
    const FrozenRewritePatternSet once(std::move(sharing));
    getOperation().walk([&](Block *block) { fuseKeptIn(*block, once); });
    getOperation().walk(updateCarried);
  }

private:
  /// Readers that sum come last: what they are fused with is no producer any more.
  void fuseKeptIn(Block &block, const FrozenRewritePatternSet &once) {
    IRRewriter rewriter(&getContext());
    for (bool sums : {false, true})
      for (bool changed = true; changed;) {
        changed = false;
        for (auto op : llvm::make_early_inc_range(block.getOps<linalg::GenericOp>()))
          if (sums == (op.getNumReductionLoops() != 0) && llvm::any_of(op->getOpOperands(), [&](OpOperand &operand) {
                return fuseKept(&operand, rewriter, once);
              })) {
            changed = true;
            break;
          }
      }
  }
};

} // namespace
} // namespace theria::reference
