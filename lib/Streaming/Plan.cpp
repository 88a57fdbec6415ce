//===- Plan.cpp - what a sweep computes, and when -------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Plan.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

namespace theria::streaming {

bool makesPairs(Operation *op) { return llvm::any_of(op->getResults(), isPair) && !sumsBatches(op); }

namespace {

class Scheduler {
public:
  Scheduler(Block &block, ArrayRef<Stream> streams, const CostModel &cost, Keep keep, bool oneSided)
      : block(block), streams(streams), cost(cost), keep(keep), oneSided(oneSided) {}
  FailureOr<std::vector<Step>> run();

private:
  bool isDone(Value value) const;
  bool executeReady();
  std::optional<Sweep> formSweep(const Stream &stream);
  bool isReady(Operation *op, const Sweep &sweep) const;
  bool fits(Operation *reduction, const Sweep &sweep) const;
  std::optional<Layout> rowLayout(Operation *op, const Sweep &sweep) const;
  void prune(Sweep &sweep, ArrayRef<Operation *> found);

  Block &block;
  ArrayRef<Stream> streams;
  const CostModel &cost;
  Keep keep;
  bool oneSided;
  llvm::DenseSet<Operation *> done;
  std::vector<Step> steps;
};

} // namespace

bool Scheduler::isDone(Value value) const {
  Operation *op = value.getDefiningOp();
  return !op || op->getBlock() != &block || done.contains(op);
}

/// Takes every operation that reads no pairs and whose operands are there; those with effects keep their order.
bool Scheduler::executeReady() {
  bool changed = false, effectsWait = false;
  for (Operation &op : block.without_terminator()) {
    if (done.contains(&op) || (touchesPairs(&op) && !isBoundary(&op)))
      continue;
    bool hasEffects = !isMemoryEffectFree(&op);
    SetVector<Value> operands(llvm::from_range, op.getOperands());
    op.walk([&](Operation *inner) { operands.insert_range(inner->getOperands()); });
    bool ready = llvm::all_of(operands, [&](Value value) {
      Operation *outer = value.getDefiningOp() ? block.findAncestorOpInBlock(*value.getDefiningOp()) : nullptr;
      return outer == &op || isDone(value);
    });
    if (!ready || (hasEffects && effectsWait)) {
      effectsWait |= hasEffects;
      continue;
    }
    done.insert(&op);
    steps.push_back(&op);
    changed = true;
  }
  return changed;
}

/// The layout of what an operation makes of the rows' statistics, if it treats every row by itself.
std::optional<Layout> Scheduler::rowLayout(Operation *op, const Sweep &sweep) const {
  if (op->getNumResults() != 1 || !isMemoryEffectFree(op) || op->getNumRegions())
    return std::nullopt;
  auto known = [&](Value value) {
    auto found = sweep.rowLayouts.find(value);
    return found == sweep.rowLayouts.end() ? nullptr : &found->second;
  };
  if (!llvm::all_of(op->getOperands(), [&](Value value) { return known(value) || isDone(value); }))
    return std::nullopt;
  std::optional<Layout> layout;
  if (OpTrait::hasElementwiseMappableTraits(op)) {
    for (Value operand : op->getOperands())
      if (const Layout *own = known(operand)) {
        if (layout && *layout != *own)
          return std::nullopt;
        layout = *own;
      }
    return layout;
  }
  auto einsum = dyn_cast<EinsumOp>(op);
  if (!einsum || !einsum.getSizes().empty())
    return std::nullopt;
  Equation equation = einsum.getLabels();
  LabelAxes axes;
  SmallVector<std::pair<Value, StringRef>> terms;
  for (auto [input, labels] : llvm::zip(einsum.getInputs(), equation.inputs))
    terms.push_back({input, labels});
  if (einsum.getMask())
    terms.push_back({einsum.getMask(), equation.where});
  for (auto [input, labels] : terms)
    if (const Layout *own = known(input))
      for (auto [label, axis] : llvm::zip(labels, *own)) {
        auto [at, isNew] = axes.try_emplace(label, axis);
        if (at->second != axis || (axis != kFeature && !StringRef(equation.result).contains(label)))
          return std::nullopt;
      }
  if (axes.empty() || !equation.newLabels().empty())
    return std::nullopt;
  layout.emplace();
  for (char label : equation.result)
    layout->push_back(axes.contains(label) ? axes.lookup(label) : kFeature);
  return llvm::is_contained(*layout, sweep.stream->rows) ? layout : std::nullopt;
}

bool Scheduler::isReady(Operation *op, const Sweep &sweep) const {
  return llvm::all_of(op->getOperands(), [&](Value value) {
    return isPair(value) ? sweep.pairOps.contains(value.getDefiningOp())
                         : isDone(value) || sweep.rowLayouts.contains(value);
  });
}

/// Whether a walk that computes what the sweep has so far can compute a reduction too.
bool Scheduler::fits(Operation *reduction, const Sweep &sweep) const {
  const Stream &stream = *sweep.stream;
  auto along = [&](Operation *op) { return stream.resultLayout(op); };
  auto has = [](const Layout &layout, Axis axis) { return llvm::is_contained(layout, axis); };
  Layout layout = along(reduction);
  if (oneSided && has(layout, stream.cols) && !has(layout, stream.rows))
    return false;
  return llvm::all_of(sweep.reductions, [&](Operation *other) {
    // A walk adds what it meets, so all that one computes lies along the same batch axes.
    if (stream.batchAxesOf(reduction) != stream.batchAxesOf(other))
      return false;
    // Batch axes that a result of rows lacks are walked in turn by the owner of a block, which adds all of them up:
    // what lies along them is for a sweep of its own.
    Layout theirs = along(other);
    auto addsUp = [&](const Layout &layout, Axis axis) { return has(layout, stream.rows) && !has(layout, axis); };
    return !oneSided || llvm::none_of(stream.batchAxesOf(other), [&](Axis axis) {
      return (has(layout, axis) && addsUp(theirs, axis)) || (has(theirs, axis) && addsUp(layout, axis));
    });
  });
}

/// Keeps of the operations found what the reductions need, in order, with levels and strips.
void Scheduler::prune(Sweep &sweep, ArrayRef<Operation *> found) {
  llvm::DenseSet<Operation *> needed(llvm::from_range, sweep.reductions);
  for (Operation *op : llvm::reverse(found))
    if (needed.contains(op))
      for (Value operand : op->getOperands())
        if (isPair(operand) || sweep.rowLayouts.contains(operand))
          needed.insert(operand.getDefiningOp());
  SmallVector<Operation *> order = llvm::filter_to_vector(found, [&](Operation *op) { return needed.contains(op); });
  sweep.pairOps.clear();
  for (Operation *op : order) {
    if (makesPairs(op))
      sweep.pairOps.insert(op);
    else if (!touchesPairs(op))
      sweep.rowOps.push_back(op);
  }
  sweep.normalisers = findNormalisers(order);
  planLevels(sweep, order);
  planStrips(sweep, order, cost, keep);
  joinSums(sweep);
  if (oneSided)
    planEpilogue(sweep, found);
}

/// All that can be computed of a stream in one walk; none where that gives nothing new.
std::optional<Sweep> Scheduler::formSweep(const Stream &stream) {
  Sweep sweep(stream, oneSided);
  SmallVector<Operation *> found;
  llvm::DenseSet<Operation *> members(llvm::from_range, stream.ops);
  for (Operation &op : block.without_terminator()) {
    if (!members.contains(&op)) {
      if (touchesPairs(&op) || done.contains(&op))
        continue;
      if (std::optional<Layout> layout = rowLayout(&op, sweep)) {
        sweep.rowLayouts[op.getResult(0)] = *layout;
        found.push_back(&op);
      }
      continue;
    }
    if (!isReady(&op, sweep) || done.contains(&op))
      continue;
    if (makesPairs(&op)) {
      found.push_back(&op);
      sweep.pairOps.insert(&op);
      continue;
    }
    if (!fits(&op, sweep))
      continue;
    found.push_back(&op);
    sweep.reductions.push_back(&op);
    // A statistic of rows: complete when a block of rows has met all columns.
    Layout layout = stream.resultLayout(&op);
    bool keepsBatch = llvm::all_of(op.getOperands(), [&](Value operand) {
      auto own = stream.layouts.find(operand);
      return own == stream.layouts.end() || llvm::all_of(own->second, [&](Axis axis) {
               return axis == stream.cols || llvm::is_contained(layout, axis);
             });
    });
    if (llvm::is_contained(layout, stream.rows) && !llvm::is_contained(layout, stream.cols) && keepsBatch)
      sweep.rowLayouts[op.getResult(0)] = layout;
  }
  if (sweep.reductions.empty())
    return std::nullopt;
  prune(sweep, found);
  return sweep;
}

FailureOr<std::vector<Step>> Scheduler::run() {
  while (true) {
    while (executeReady())
      ;
    bool formed = false;
    for (const Stream &stream : streams)
      if (std::optional<Sweep> sweep = formSweep(stream)) {
        done.insert_range(sweep->reductions);
        for (Operation *op : sweep->reductions) // Their casts are the sums themselves.
          if (sumsBatches(op))
            done.insert_range(op->getUsers());
        for (const Accumulator &accumulator : sweep->accumulators)
          done.insert_range(accumulator.additions);
        steps.push_back(std::move(*sweep));
        formed = true;
        break;
      }
    if (formed)
      continue;
    for (Operation &op : block.without_terminator())
      if (!done.contains(&op) && !makesPairs(&op))
        return LogicalResult(
            op.emitError("expected an operation that can be computed by blocks of rows and columns, but '")
            << op.getName() << "' waits for a pair tensor that can't; choose the reference path");
    return std::move(steps);
  }
}

FailureOr<std::vector<Step>> schedule(Block &block, ArrayRef<Stream> streams, const CostModel &cost, Keep keep,
                                      bool oneSided) {
  return Scheduler(block, streams, cost, keep, oneSided).run();
}

} // namespace theria::streaming
