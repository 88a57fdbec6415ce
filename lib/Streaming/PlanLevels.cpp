//===- PlanLevels.cpp - which walk over columns computes what -------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Plan.h"

using namespace mlir;

namespace theria::streaming {

namespace {

/// Everything as early as statistics allow; what makes pairs, as late as its readers allow.
class LevelPlanner {
public:
  LevelPlanner(Sweep &sweep, ArrayRef<Operation *> order) : sweep(sweep), order(order) {}
  void run();

private:
  int ready(Value value) const;
  bool followMaximum(Operation *sum);
  void need(Value value, int level);

  Sweep &sweep;
  ArrayRef<Operation *> order;
};

} // namespace

/// The first level at which a value is complete.
int LevelPlanner::ready(Value value) const {
  Operation *op = value.getDefiningOp();
  bool statistic = op && sweep.rowLayouts.contains(value) && touchesPairs(op);
  return op && sweep.levels.contains(op) ? sweep.levels.lookup(op) + statistic : 0;
}

/// Gathers a sum in the walk that finds the maximum which it scales with, if all else is there by then.
bool LevelPlanner::followMaximum(Operation *sum) {
  if (!sweep.rowLayouts.contains(sum->getResult(0)) || !touchesPairs(sum))
    return false;
  for (auto [number, normaliser] : llvm::enumerate(sweep.normalisers)) {
    if (!normaliser.multiples.contains(sum->getResult(0)))
      continue;
    int level = sweep.levels.lookup(normaliser.max), first = 0;
    normaliser.forEachIndependent(sum, [&](Value value) { first = std::max(first, ready(value)); });
    if (first > level)
      return false;
    sweep.levels[sum] = level;
    sweep.scaledBy[sum] = number;
    return true;
  }
  return false;
}

void LevelPlanner::need(Value value, int level) {
  if (!isPair(value))
    return;
  auto [known, isNew] = sweep.levels.try_emplace(value.getDefiningOp(), level);
  known->second = std::min(known->second, level);
}

void LevelPlanner::run() {
  for (Operation *op : order) {
    if (followMaximum(op))
      continue;
    int level = 0;
    for (Value operand : op->getOperands())
      level = std::max(level, ready(operand));
    sweep.levels[op] = level;
  }
  for (Operation *op : sweep.pairOps)
    sweep.levels.erase(op);
  for (Operation *op : sweep.reductions)
    sweep.levelCount = std::max(sweep.levelCount, sweep.levels.lookup(op) + 1);
  for (Operation *op : llvm::reverse(order)) {
    if (!touchesPairs(op) || !sweep.levels.contains(op))
      continue;
    auto see = [&, level = sweep.levels.lookup(op)](Value value) { need(value, level); };
    if (const Normaliser *running = sweep.normaliserOf(op))
      running->forEachIndependent(op, see);
    else
      llvm::for_each(op->getOperands(), see);
  }
}

void planLevels(Sweep &sweep, ArrayRef<Operation *> order) { LevelPlanner(sweep, order).run(); }

} // namespace theria::streaming
