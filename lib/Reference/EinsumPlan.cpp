//===- EinsumPlan.cpp - the order of a contraction's products -------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/EinsumPlan.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include <optional>

using namespace llvm;

namespace theria::reference {

namespace {

struct Term {
  unsigned position;
  std::string labels;
};

/// A point of the search: what is left to multiply, and the steps so far.
struct State {
  SmallVector<Term> terms;
  std::string where;
  /// Whether the last step applied the mask, or there is none.
  bool isMaskApplied;

  /// Whether no further step needs the mask.
  bool isMaskDone() const { return isMaskApplied && terms.size() == 1; }
  double cost = 0;
  SmallVector<EinsumStep> steps;
};

class Planner {
public:
  Planner(const Equation &equation, bool hasMask, function_ref<double(char)> sizeOf)
      : equation(equation), hasMask(hasMask), sizeOf(sizeOf) {}

  SmallVector<EinsumStep> plan();

private:
  bool isDone(const State &state) const;
  SmallVector<State> successors(const State &state) const;
  void addSuccessors(const State &state, ArrayRef<unsigned> chosen, SmallVectorImpl<State> &states) const;
  State apply(const State &state, ArrayRef<unsigned> chosen, bool isMasked) const;
  State finish(const State &state) const;
  void search(const State &state);
  double elements(StringRef labels) const;

  const Equation &equation;
  bool hasMask;
  function_ref<double(char)> sizeOf;
  std::optional<State> best;
};

} // namespace

static std::string unite(StringRef a, StringRef b) { return a.str() + subtract(b, a); }

double Planner::elements(StringRef labels) const {
  double product = 1;
  for (char label : labels)
    product *= sizeOf(label);
  return product;
}

bool Planner::isDone(const State &state) const {
  return state.terms.size() == 1 && state.isMaskApplied && !state.steps.empty() &&
         state.terms.front().labels == equation.result;
}

/// Multiplies the chosen terms (positions in state.terms) and sums over what
/// neither the result, nor another term, nor a mask still to come needs.
State Planner::apply(const State &state, ArrayRef<unsigned> chosen, bool isMasked) const {
  State next = state;
  EinsumStep step;
  step.isMasked = isMasked;
  std::string visited, needed = equation.result;
  next.terms.clear();
  for (auto [number, term] : enumerate(state.terms)) {
    if (is_contained(chosen, number)) {
      step.terms.push_back(term.position);
      visited = unite(visited, term.labels);
    } else {
      needed = unite(needed, term.labels);
      next.terms.push_back(term);
    }
  }
  if (isMasked)
    visited = unite(visited, state.where);
  else if (!state.isMaskDone())
    needed = unite(needed, state.where);
  // In the result's order, so that the last step needs no transpose.
  std::string kept = intersect(visited, needed);
  step.labels = intersect(equation.result, kept);
  step.labels += subtract(kept, equation.result);
  step.where = isMasked ? intersect(state.where, step.labels) : state.where;

  next.where = step.where;
  next.isMaskApplied = !hasMask || isMasked || state.isMaskDone();
  next.terms.push_back({unsigned(equation.inputs.size() + state.steps.size()), step.labels});
  next.cost += elements(visited) + elements(step.labels);
  next.steps.push_back(std::move(step));
  return next;
}

void Planner::addSuccessors(const State &state, ArrayRef<unsigned> chosen, SmallVectorImpl<State> &states) const {
  for (bool isMasked : {false, true}) {
    if (isMasked && !hasMask)
      continue;
    State next = apply(state, chosen, isMasked);
    const EinsumStep &step = next.steps.back();
    bool isProgress = chosen.size() > 1 || step.labels.size() < state.terms[chosen[0]].labels.size();
    // A mask over kept labels is applied last, where it can be.
    bool isEarlyMask = isMasked && next.terms.size() > 1 && step.where.size() == state.where.size();
    if (isProgress && !isEarlyMask)
      states.push_back(std::move(next));
  }
}

SmallVector<State> Planner::successors(const State &state) const {
  SmallVector<State> states;
  for (unsigned i = 0; i < state.terms.size(); ++i) {
    addSuccessors(state, {i}, states);
    for (unsigned j = i + 1; j < state.terms.size(); ++j)
      addSuccessors(state, {i, j}, states);
  }
  return states;
}

/// From one term to the result: transposed, broadcast, summed, masked.
State Planner::finish(const State &state) const {
  State next = state;
  EinsumStep step;
  const Term &term = state.terms.front();
  step.terms = {term.position};
  step.labels = equation.result;
  step.isMasked = !state.isMaskApplied;
  std::string visited = unite(term.labels, equation.result);
  if (step.isMasked)
    visited = unite(visited, state.where);
  next.cost += elements(visited) + elements(step.labels);
  next.steps.push_back(std::move(step));
  return next;
}

void Planner::search(const State &state) {
  if (best && state.cost >= best->cost)
    return;
  if (isDone(state)) {
    best = state;
    return;
  }
  if (state.terms.size() == 1) {
    State last = finish(state);
    if (!best || last.cost < best->cost)
      best = last;
  }
  for (const State &next : successors(state))
    search(next);
}

SmallVector<EinsumStep> Planner::plan() {
  State state;
  state.where = equation.where;
  state.isMaskApplied = !hasMask;
  for (auto [position, labels] : enumerate(equation.inputs))
    state.terms.push_back({unsigned(position), labels});
  while (state.terms.size() > kExhaustiveTerms) {
    SmallVector<State> states = successors(state);
    state = *min_element(states, [](const State &a, const State &b) { return a.cost < b.cost; });
  }
  search(state);
  return best->steps;
}

SmallVector<EinsumStep> planEinsum(const Equation &equation, bool hasMask, function_ref<double(char)> sizeOf) {
  return Planner(equation, hasMask, sizeOf).plan();
}

} // namespace theria::reference
