//===- PlanStrips.cpp - what a sweep keeps for its later levels -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Cost.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace theria::streaming {

/// A product, a function or a look-up.
static bool isDear(Operation *op) {
  auto einsum = dyn_cast<EinsumOp>(op);
  bool sums = einsum && llvm::any_of(einsum.getLabels().inputs,
                                     [&](StringRef labels) { return !isSubset(labels, einsum.getLabels().result); });
  return sums || isa<GatherOp>(op) || op->getDialect()->getNamespace() == "math";
}

/// What an operation does, in a word.
static std::string nameOf(Operation *op) {
  if (isa<GatherOp>(op))
    return "a look-up";
  return isa<EinsumOp>(op) ? "a product" : op->getName().getStringRef().str();
}

static bool isReadLater(const Sweep &sweep, Operation *op) {
  return sweep.levels.contains(op) && llvm::any_of(op->getUsers(), [&](Operation *user) {
           return sweep.levels.contains(user) && sweep.levels.lookup(user) > sweep.levels.lookup(op);
         });
}

namespace {

/// Decides which pair values are kept, and in which strip.
class StripAllocator {
public:
  StripAllocator(Sweep &sweep, const CostModel &cost, Keep keep) : sweep(sweep), cost(cost), keep(keep) {}
  void run(ArrayRef<Operation *> order);

private:
  void decide(ArrayRef<Operation *> order);
  void place();
  SetVector<Operation *> computedAgain(Operation *op) const;
  void use(Value value, int level);

  Sweep &sweep;
  const CostModel &cost;
  Keep keep;
  llvm::DenseMap<Value, int> lastUse;
};

} // namespace

/// What a later level would compute again without this value: the operation and all before it that isn't kept.
SetVector<Operation *> StripAllocator::computedAgain(Operation *op) const {
  SetVector<Operation *> ops;
  ops.insert(op);
  for (size_t next = 0; next < ops.size(); ++next)
    for (Value operand : ops[next]->getOperands())
      if (isPair(operand) && !sweep.strips.contains(operand))
        ops.insert(operand.getDefiningOp());
  return ops;
}

/// Keeps what costs more to compute again than to keep.
void StripAllocator::decide(ArrayRef<Operation *> order) {
  const int64_t bytes = stripBytes(sweep);
  sweep.strips.clear();
  for (Operation *op : order) {
    if (!makesPairs(op) || !isReadLater(sweep, op))
      continue;
    Value value = op->getResult(0);
    SetVector<Operation *> ops = computedAgain(op);
    double again = 0, most = 0;
    Operation *main = op;
    for (Operation *one : ops) {
      double cycles = cost.compute(one);
      again += cycles;
      if (cycles > most)
        std::tie(most, main) = std::pair(cycles, one);
    }
    double kept = cost.keep(*sweep.stream, value, bytes);
    if (keep == Keep::Dear ? llvm::any_of(ops, isDear) : again > kept)
      sweep.strips[value] = 0;
    llvm::raw_string_ostream(sweep.reasons[value] = "")
        << llvm::format("cycles a pair: %.2g to compute it again (", again) << nameOf(main)
        << llvm::format("), %.2g to keep it", kept);
  }
}

void StripAllocator::use(Value value, int level) {
  if (!isPair(value))
    return;
  if (sweep.strips.contains(value) && sweep.levelOf(value) < level) {
    lastUse[value] = std::max(lastUse.lookup(value), level);
    return;
  }
  for (Value operand : value.getDefiningOp()->getOperands())
    use(operand, level);
}

/// A strip is free from the level on at which what it holds is read for the last time: tiles are read before they are
/// written.
void StripAllocator::place() {
  sweep.stripTypes.clear();
  SmallVector<int> freeFrom;
  for (auto &[value, strip] : sweep.strips) {
    Type type = cast<RankedTensorType>(value.getType()).getElementType();
    for (strip = 0; strip < freeFrom.size(); ++strip)
      if (sweep.stripTypes[strip] == type && freeFrom[strip] <= sweep.levelOf(value))
        break;
    if (strip == freeFrom.size()) {
      freeFrom.push_back(0);
      sweep.stripTypes.push_back(type);
    }
    freeFrom[strip] = lastUse.lookup(value);
  }
}

void StripAllocator::run(ArrayRef<Operation *> order) {
  // How fast strips are depends on how many there are: those that the fastest memory would be worth, at first.
  for (int round = 0; round < 2; ++round) {
    decide(order);
    lastUse.clear();
    for (Operation *op : order)
      if (touchesPairs(op))
        for (Value operand : op->getOperands())
          use(operand, sweep.levels.lookup(op));
    place();
  }
}

void planStrips(Sweep &sweep, ArrayRef<Operation *> order, const CostModel &cost, Keep keep) {
  if (keep != Keep::Nothing)
    return StripAllocator(sweep, cost, keep).run(order);
  for (Operation *op : order)
    if (makesPairs(op) && isReadLater(sweep, op))
      sweep.reasons[op->getResult(0)] = "nothing is kept";
}

} // namespace theria::streaming
