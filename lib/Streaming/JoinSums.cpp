//===- JoinSums.cpp - sums that share an accumulator ----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Plan.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace theria::streaming {

/// The addition that alone reads a value.
static Operation *additionOf(Value value) {
  if (!value.hasOneUse())
    return nullptr;
  auto addition = dyn_cast<arith::AddFOp>(*value.user_begin());
  return addition && addition->getBlock() == value.getParentBlock() ? addition : nullptr;
}

/// The sizes of a sum's features as far as types of its operands say them: those of its tiles.
static SmallVector<int64_t> featureSizes(EinsumOp op, const Layout &layout) {
  Equation equation = op.getLabels();
  SmallVector<int64_t> sizes;
  for (auto [axis, label] : llvm::zip(layout, equation.result)) {
    if (axis != kFeature)
      continue;
    sizes.push_back(ShapedType::kDynamic);
    for (auto [input, labels] : llvm::zip(op.getInputs(), equation.inputs))
      if (size_t at = labels.find(label); at != std::string::npos)
        sizes.back() = std::max(sizes.back(), cast<RankedTensorType>(input.getType()).getDimSize(at));
  }
  return sizes;
}

/// Whether the tiles of two sums of one type can be added to one accumulator: they lie alike, are gathered in the same
/// walk and are scaled alike when a maximum grows. What lies along rows and columns is put in its place, not added up.
static bool gatherAlike(const Sweep &sweep, Operation *first, Operation *second) {
  auto a = dyn_cast<EinsumOp>(first), b = dyn_cast<EinsumOp>(second);
  if (!a || !b)
    return false;
  const Stream &stream = *sweep.stream;
  Layout layout = stream.resultLayout(a);
  const bool isPairs = llvm::is_contained(layout, stream.rows) && llvm::is_contained(layout, stream.cols);
  return !isPairs && layout == stream.resultLayout(b) && sweep.levels.lookup(a) == sweep.levels.lookup(b) &&
         sweep.normaliserOf(a) == sweep.normaliserOf(b) &&
         sweep.rowLayouts.contains(a.getResult()) == sweep.rowLayouts.contains(b.getResult()) &&
         featureSizes(a, layout) == featureSizes(b, layout);
}

/// Joins an accumulator with a later one if nothing needs them but the addition of both.
static bool joinOne(Sweep &sweep) {
  auto &accumulators = sweep.accumulators;
  for (Accumulator &first : accumulators) {
    Operation *addition = additionOf(first.value());
    if (!addition || llvm::is_contained(sweep.rowOps, addition))
      continue;
    auto *second = llvm::find_if(accumulators, [&](const Accumulator &other) {
      return &other != &first && additionOf(other.value()) == addition;
    });
    if (second == accumulators.end() || !gatherAlike(sweep, first.terms.front(), second->terms.front()))
      continue;
    llvm::append_range(first.terms, second->terms);
    llvm::append_range(first.additions, second->additions);
    first.additions.push_back(addition);
    accumulators.erase(second);
    return true;
  }
  return false;
}

void joinSums(Sweep &sweep) {
  sweep.accumulators.clear();
  for (Operation *op : sweep.reductions)
    sweep.accumulators.push_back({{op}, {}});
  while (joinOne(sweep))
    ;
  // In the order in which tiles are made.
  sweep.reductions.clear();
  for (const Accumulator &accumulator : sweep.accumulators)
    llvm::append_range(sweep.reductions, accumulator.terms);
}

} // namespace theria::streaming
