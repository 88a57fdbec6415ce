//===- FormSweeps.cpp - pair tensors become tiles -------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Passes.h"

#include "lib/Streaming/Boundary.h"
#include "lib/Streaming/Cost.h"
#include "lib/Streaming/Describe.h"
#include "lib/Streaming/ExpandRowSums.h"
#include "lib/Streaming/FactorSums.h"
#include "lib/Streaming/Sweep.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/CSE.h"

using namespace mlir;

namespace theria::streaming {
#define GEN_PASS_DEF_FORMSWEEPS
#include "lib/Streaming/Passes.h.inc"

namespace {

/// The sweeps of one block.
struct BlockPlan {
  explicit BlockPlan(Block &block) : block(block) {}

  Block &block;
  SmallVector<Stream> streams;
  std::vector<Step> steps;
};
using Plan = std::vector<std::unique_ptr<BlockPlan>>;

struct FormSweeps : impl::FormSweepsBase<FormSweeps> {
  using FormSweepsBase::FormSweepsBase;
  void runOnOperation() override;

private:
  bool isOneSided() const { return schedule == "one-sided"; }
  FailureOr<Plan> plan(func::FuncOp function, const CostModel &cost, Keep keep);
  FailureOr<Plan> choose(const CostModel &cost);
  LogicalResult emit(BlockPlan &plan, Report &report);
};

} // namespace

FailureOr<Plan> FormSweeps::plan(func::FuncOp function, const CostModel &cost, Keep keep) {
  SmallVector<Block *> blocks;
  function.walk([&](Block *block) { blocks.push_back(block); });
  Plan blockPlans;
  for (Block *block : blocks) {
    if (!block->mightHaveTerminator())
      continue;
    auto own = std::make_unique<BlockPlan>(*block);
    auto streams = findStreams(*block);
    if (failed(streams))
      return failure();
    if (streams->empty())
      continue;
    own->streams = std::move(*streams);
    if (isOneSided())
      for (size_t number = 0, count = own->streams.size(); number < count; ++number)
        own->streams.push_back(own->streams[number].transposed());
    auto steps = streaming::schedule(*block, own->streams, cost, keep, isOneSided());
    if (failed(steps))
      return failure();
    own->steps = std::move(*steps);
    blockPlans.push_back(std::move(own));
  }
  return blockPlans;
}

static double costOf(const Plan &plan, const CostModel &cost) {
  double cycles = 0;
  for (const auto &block : plan)
    cycles += cost.plan(block->steps);
  return cycles;
}

/// Whether any block of rows is looked at again: without that, there is nothing to keep.
static bool looksAgain(const Plan &plan) {
  return llvm::any_of(plan, [](const auto &block) {
    return llvm::any_of(block->steps, [](const Step &step) {
      const auto *sweep = std::get_if<Sweep>(&step);
      return sweep && sweep->levelCount > 1;
    });
  });
}

/// Lets statistics leave the sums over columns of a function whose streams are found without error.
static void expandRowSums(func::FuncOp function) {
  SmallVector<Block *> blocks;
  function.walk([&](Block *block) { blocks.push_back(block); });
  for (Block *block : blocks)
    if (block->mightHaveTerminator())
      expandRowSums(*block, *findStreams(*block));
  IRRewriter rewriter(function.getContext());
  DominanceInfo dominance(function);
  eliminateCommonSubExpressions(rewriter, dominance, function);
}

/// The plan that keeps what pays, or the one that keeps nothing, its sums expanded.
FailureOr<Plan> FormSweeps::choose(const CostModel &cost) {
  func::FuncOp function = getOperation();
  FailureOr<Plan> kept = plan(function, cost, schedule == "strips" ? Keep::Dear : Keep::WhatPays);
  if (failed(kept) || schedule == "strips" || !looksAgain(*kept))
    return kept;
  if (schedule == "auto") {
    OwningOpRef<func::FuncOp> copy = function.clone();
    expandRowSums(*copy);
    FailureOr<Plan> again = plan(*copy, cost, Keep::Nothing);
    if (failed(again) || costOf(*again, cost) >= costOf(*kept, cost))
      return kept;
  }
  expandRowSums(function);
  return plan(function, cost, Keep::Nothing);
}

LogicalResult FormSweeps::emit(BlockPlan &plan, Report &report) {
  Block &block = plan.block;
  const bool oneSided = isOneSided();
  const TileSizes sizes{rowTile,
                        columnTile,
                        oneSided ? int64_t(featureTile) : 0,
                        oneSided ? int64_t(heldBytes) : 0,
                        heldBytesOfFewRows ? int64_t(heldBytesOfFewRows) : int64_t(heldBytes),
                        heldBytesOfWideOwners,
                        sharedBytes};
  describe(plan.streams, plan.steps, sizes, report);
  Operation *end = block.getTerminator();
  for (Step &step : plan.steps) {
    if (auto **op = std::get_if<Operation *>(&step)) {
      (*op)->moveBefore(end);
      continue;
    }
    OpBuilder builder(end);
    if (failed(emitSweep(builder, std::get<Sweep>(step), sizes)))
      return failure();
  }
  SmallVector<Operation *> dead =
      llvm::filter_to_vector(llvm::make_pointer_range(block.without_terminator()),
                             [](Operation *op) { return touchesPairs(op) && !isBoundary(op); });
  for (Operation *op : llvm::reverse(dead))
    if (op->use_empty())
      op->erase();
  return success();
}

void FormSweeps::runOnOperation() {
  func::FuncOp function = getOperation();
  if (schedule != "auto" && schedule != "strips" && schedule != "recompute" && !isOneSided()) {
    emitError(function.getLoc(), "expected auto, strips, recompute or one-sided for the option schedule, but found '")
        << schedule << "'";
    return signalPassFailure();
  }
  if (function.isExternal())
    return;
  castBoundary(function);
  factorSums(function);
  function->removeAttr(reportName);
  CostModel cost({vectorBytes, secondLevel, lastLevel}, rowTile);
  FailureOr<Plan> chosen = choose(cost);
  if (failed(chosen))
    return signalPassFailure();
  Report report;
  for (const auto &block : *chosen)
    if (failed(emit(*block, report)))
      return signalPassFailure();
  if (!report.streams.empty())
    function->setAttr(reportName, report.toAttribute(&getContext()));
}

} // namespace theria::streaming
