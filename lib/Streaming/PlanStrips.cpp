//===- PlanStrips.cpp - what a sweep keeps for its later levels -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Plan.h"

using namespace mlir;

namespace theria::streaming {

/// Whether computing a pair value again costs more than reading it.
static bool isExpensive(Operation *op) {
  if (auto einsum = dyn_cast<EinsumOp>(op)) {
    Equation equation = einsum.getLabels();
    return llvm::any_of(equation.inputs, [&](StringRef labels) { return !isSubset(labels, equation.result); });
  }
  return isa<GatherOp>(op) || (op->getDialect()->getNamespace() == "math");
}

/// What computing a value again would take first of all.
static std::string costOf(Operation *op) {
  if (isExpensive(op))
    return isa<EinsumOp>(op) ? "a product" : isa<GatherOp>(op) ? "a look-up" : op->getName().getStringRef().str();
  for (Value operand : op->getOperands())
    if (std::string cost = isPair(operand) ? costOf(operand.getDefiningOp()) : ""; !cost.empty())
      return cost;
  return "";
}

namespace {

/// Decides which pair values are kept, and in which strip.
class StripAllocator {
public:
  explicit StripAllocator(Sweep &sweep) : sweep(sweep) {}
  void run(ArrayRef<Operation *> order);

private:
  bool needsKept(Value value);
  void use(Value value, int level);

  Sweep &sweep;
  llvm::DenseMap<Value, int> lastUse;
};

} // namespace

/// Whether computing a value again at a later level reads anything expensive that isn't kept.
bool StripAllocator::needsKept(Value value) {
  Operation *op = value.getDefiningOp();
  if (!isPair(value) || sweep.strips.contains(value))
    return false;
  return isExpensive(op) || llvm::any_of(op->getOperands(), [&](Value operand) { return needsKept(operand); });
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

void StripAllocator::run(ArrayRef<Operation *> order) {
  for (Operation *op : order) {
    if (!makesPairs(op) || !sweep.levels.contains(op))
      continue;
    Value value = op->getResult(0);
    bool readLater = llvm::any_of(op->getUsers(), [&](Operation *user) {
      return sweep.levels.contains(user) && sweep.levels.lookup(user) > sweep.levelOf(value);
    });
    if (!readLater)
      continue;
    if (needsKept(value)) {
      sweep.strips[value] = 0;
      sweep.reasons[value] = "computing it again takes " + costOf(op);
    } else {
      sweep.reasons[value] = "cheap to compute from what is kept";
    }
  }
  for (Operation *op : order)
    if (touchesPairs(op))
      for (Value operand : op->getOperands())
        use(operand, sweep.levels.lookup(op));
  // A strip is free from the level on at which what it holds is read for the last time: tiles are read before they are
  // written.
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

void planStrips(Sweep &sweep, ArrayRef<Operation *> order) { StripAllocator(sweep).run(order); }

} // namespace theria::streaming
