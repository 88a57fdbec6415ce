//===- Normalisers.cpp - sums that follow a running maximum ---------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Normalisers.h"

#include "dialect/Folds.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace theria::streaming {

/// The row value that is repeated over pairs, unless under a mask.
static Value repeatedBy(Value pairs) {
  auto einsum = pairs.getDefiningOp<EinsumOp>();
  if (!einsum || einsum.getInputs().size() != 1 || einsum.getMask())
    return {};
  return einsum.getInputs()[0];
}

/// Finds the one maximum of `scores` that a row value is computed of, with the operations from there, in order.
static bool traceMaximum(Value value, Value scores, Operation *&max, llvm::SetVector<Operation *> &rowOps) {
  Operation *op = value.getDefiningOp();
  if (!op || getUniformConstant(value) || rowOps.contains(op))
    return true;
  if (auto maximum = dyn_cast<ReduceMaxOp>(op); maximum && maximum.getInput() == scores) {
    bool isFirst = !max || max == op;
    max = op;
    return isFirst;
  }
  if (!OpTrait::hasElementwiseMappableTraits(op))
    return false;
  for (Value operand : op->getOperands())
    if (!traceMaximum(operand, scores, max, rowOps))
      return false;
  rowOps.insert(op);
  return true;
}

/// Whether an operation makes a multiple of the exponentials: of one operand, or of all that it adds.
static bool makesMultiple(const Normaliser &normaliser, Operation *op) {
  int multiples = 0;
  for (Value operand : op->getOperands())
    if (normaliser.multiples.contains(operand))
      ++multiples;
    else if (normaliser.dependents.contains(operand))
      return false;
  if (isa<arith::AddFOp, arith::SubFOp, arith::NegFOp>(op))
    return multiples == int(op->getNumOperands());
  return isa<arith::MulFOp, EinsumOp>(op) && multiples == 1;
}

/// The normaliser of an exponential of pairs, if there is one.
static std::optional<Normaliser> findNormaliser(Operation *exponential, const llvm::DenseSet<Operation *> &members) {
  auto difference =
      isa<math::ExpOp>(exponential) ? exponential->getOperand(0).getDefiningOp<arith::SubFOp>() : arith::SubFOp();
  Value shift = difference && isPair(difference) ? repeatedBy(difference.getRhs()) : Value();
  if (!shift)
    return std::nullopt;
  Normaliser normaliser{nullptr, shift, {}, {shift}, {}};
  llvm::SetVector<Operation *> rowOps;
  if (!traceMaximum(shift, difference.getLhs(), normaliser.max, rowOps) || !normaliser.max ||
      !members.contains(normaliser.max))
    return std::nullopt;
  normaliser.rowOps = rowOps.takeVector();
  return normaliser;
}

SmallVector<Normaliser, 1> findNormalisers(ArrayRef<Operation *> order) {
  SmallVector<Normaliser, 1> normalisers;
  llvm::DenseSet<Operation *> members(llvm::from_range, order);
  llvm::DenseMap<Value, Value> shifts;
  for (Operation *op : order)
    if (std::optional<Normaliser> found = findNormaliser(op, members)) {
      shifts[op->getResult(0)] = found->shift;
      if (llvm::none_of(normalisers, [&](const Normaliser &known) { return known.shift == found->shift; }))
        normalisers.push_back(std::move(*found));
    }
  for (Normaliser &normaliser : normalisers)
    for (Operation *op : order) {
      if (llvm::none_of(op->getOperands(), [&](Value operand) { return normaliser.dependents.contains(operand); }))
        continue;
      if (shifts.lookup(op->getResult(0)) == normaliser.shift || makesMultiple(normaliser, op))
        normaliser.multiples.insert(op->getResult(0));
      normaliser.dependents.insert(op->getResult(0));
    }
  return normalisers;
}

void Normaliser::forEachIndependent(Operation *op, llvm::function_ref<void(Value)> see) const {
  SetVector<Value> needed(llvm::from_range, op->getOperands());
  for (size_t next = 0; next < needed.size(); ++next) {
    Value value = needed[next];
    if (!dependents.contains(value))
      see(value);
    else if (value != shift)
      needed.insert_range(value.getDefiningOp()->getOperands());
  }
}

} // namespace theria::streaming
