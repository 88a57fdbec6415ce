//===- PlanEpilogue.cpp - what owners of rows compute of their results ----===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Plan.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

namespace theria::streaming {

/// The labels of an operation's operands that are tensors: of one element by element, those of its result.
static SmallVector<std::pair<Value, std::string>> labelsOf(Operation *op) {
  SmallVector<std::pair<Value, std::string>> labels;
  if (auto einsum = dyn_cast<EinsumOp>(op)) {
    for (auto [input, own] : llvm::zip(einsum.getInputs(), einsum.getLabels().inputs))
      labels.push_back({input, own});
    return labels;
  }
  std::string all;
  for (int64_t dim = 0; dim < cast<ShapedType>(op->getResult(0).getType()).getRank(); ++dim)
    all += Equation::labelAt(dim);
  for (Value operand : op->getOperands())
    if (isa<RankedTensorType>(operand.getType()))
      labels.push_back({operand, all});
  return labels;
}

/// Whether an operation does as much as there are elements of a block of rows: none of its dimensions is of other
/// operands alone, as those of a product with a matrix are.
static bool isLight(const Sweep &sweep, Operation *op) {
  std::string ofRows;
  const auto operands = labelsOf(op);
  for (const auto &[value, labels] : operands)
    if (sweep.rowLayouts.contains(value))
      ofRows += labels;
  return llvm::all_of(operands, [&](const auto &operand) {
    return llvm::all_of(operand.second, [&](char label) { return StringRef(ofRows).contains(label); });
  });
}

/// Whether several operands have features of which types don't say how many there are: their tiles may differ.
static bool hasOpenFeatures(const Sweep &sweep, Operation *op) {
  const auto operands = labelsOf(op);
  std::string features, open;
  for (const auto &[value, labels] : operands)
    if (auto layout = sweep.rowLayouts.find(value); layout != sweep.rowLayouts.end())
      for (auto [axis, label] : llvm::zip(layout->second, labels))
        if (axis == kFeature)
          features += label;
  unsigned count = 0;
  for (const auto &[value, labels] : operands) {
    count += llvm::any_of(labels, [&](char label) { return StringRef(features).contains(label); });
    for (auto [size, label] : llvm::zip(cast<RankedTensorType>(value.getType()).getShape(), labels))
      if (ShapedType::isDynamic(size) && StringRef(features).contains(label))
        open += label;
  }
  return count > 1 && !open.empty();
}

/// Whether an owner of rows computes an operation of what it has, on rows too that aren't there.
static bool isComputed(const Sweep &sweep, Operation *op, const llvm::DenseSet<Value> &complete) {
  return isSpeculatable(op) && isLight(sweep, op) && !hasOpenFeatures(sweep, op) &&
         llvm::all_of(op->getOperands(),
                      [&](Value value) { return !sweep.rowLayouts.contains(value) || complete.contains(value); });
}

void planEpilogue(Sweep &sweep, ArrayRef<Operation *> order) {
  llvm::DenseSet<Value> complete;
  for (const Accumulator &accumulator : sweep.accumulators)
    complete.insert(accumulator.value());
  llvm::SetVector<Operation *> computed;
  for (Operation *op : order)
    if (!touchesPairs(op) && !complete.contains(op->getResult(0)) &&
        (llvm::is_contained(sweep.rowOps, op) || isComputed(sweep, op, complete))) {
      computed.insert(op);
      complete.insert(op->getResult(0));
    }
  llvm::DenseSet<Operation *> within(llvm::from_range, computed);
  within.insert_range(sweep.reductions);
  auto isNeededWithin = [&](Operation *op) {
    return llvm::all_of(op->getUsers(), [&](Operation *user) { return within.contains(user); });
  };
  for (Operation *op : llvm::reverse(sweep.pairOps)) // Another sweep computes those again that it needs.
    if (isNeededWithin(op))
      within.insert(op);
  for (Operation *op : llvm::reverse(computed)) {
    if (isNeededWithin(op))
      continue;
    // Conditions are cheaper to compute again than to keep.
    if (getElementTypeOrSelf(op->getResult(0)).isInteger(1))
      within.erase(op);
    else
      sweep.epilogueResults.push_back(op);
  }
  std::reverse(sweep.epilogueResults.begin(), sweep.epilogueResults.end());
  sweep.epilogue = computed.takeVector();
}

} // namespace theria::streaming
