//===- Stream.cpp - pair values that are walked together ------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Stream.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/EquivalenceClasses.h"

#include <map>

using namespace mlir;

namespace theria::streaming {

bool touchesPairs(Operation *op) {
  return llvm::any_of(op->getOperands(), isPair) || llvm::any_of(op->getResults(), isPair);
}

bool isBoundary(Operation *op) {
  auto cast = dyn_cast<PairCastOp>(op);
  if (!cast)
    return false;
  if (isa<BlockArgument>(cast.getSource()))
    return isPair(cast.getSource());
  // One value may be several results.
  return isPair(cast.getResult()) && !cast->use_empty() &&
         llvm::all_of(cast->getUsers(), [](Operation *user) { return user->hasTrait<OpTrait::IsTerminator>(); });
}

/// Calls `see` for each operand of an einsum, its result and its mask, with their labels.
static void forEachTerm(EinsumOp op, llvm::function_ref<void(Value, StringRef)> see) {
  Equation equation = op.getLabels();
  for (auto [input, labels] : llvm::zip(op.getInputs(), equation.inputs))
    see(input, labels);
  see(op.getResult(), equation.result);
  if (op.getMask())
    see(op.getMask(), equation.where);
}

bool sumsBatches(Operation *op) {
  auto einsum = dyn_cast<EinsumOp>(op);
  if (!einsum || !isPair(einsum.getResult()))
    return false;
  bool sums = false;
  std::string result = einsum.getLabels().result;
  forEachTerm(einsum, [&](Value value, StringRef labels) { sums |= isPair(value) && !isSubset(labels, result); });
  return sums;
}

namespace {

/// A dimension of a pair value.
using Dimension = std::pair<void *, int64_t>;

/// Which dimensions lie along one axis, and which operations belong together.
class Unifier {
public:
  LogicalResult add(Operation *op);
  FailureOr<SmallVector<Stream>> streams(Block &block);

private:
  LogicalResult number(Value value, Stream &stream, std::map<Dimension, Axis> &known);
  void unify(Value a, int64_t dimA, Value b, int64_t dimB);
  void unifyAll(Operation *op);
  void add(EinsumOp op);
  void join(Operation *op);

  llvm::EquivalenceClasses<Dimension> dimensions;
  llvm::EquivalenceClasses<void *> values;
};

} // namespace

static SmallVector<Value> pairsOf(Operation *op) {
  SmallVector<Value> pairs = llvm::filter_to_vector(op->getOperands(), isPair);
  llvm::append_range(pairs, llvm::make_filter_range(op->getResults(), isPair));
  return pairs;
}

void Unifier::unify(Value a, int64_t dimA, Value b, int64_t dimB) {
  dimensions.unionSets({a.getAsOpaquePointer(), dimA}, {b.getAsOpaquePointer(), dimB});
}

/// Every pair of the operation has one shape.
void Unifier::unifyAll(Operation *op) {
  SmallVector<Value> pairs = pairsOf(op);
  for (Value pair : pairs)
    for (int64_t dim = 0; dim < cast<RankedTensorType>(pair.getType()).getRank(); ++dim)
      unify(pairs.front(), dim, pair, dim);
}

void Unifier::add(EinsumOp op) {
  llvm::SmallDenseMap<char, Dimension> first;
  forEachTerm(op, [&](Value value, StringRef labels) {
    if (!isPair(value))
      return;
    for (auto [dim, label] : llvm::enumerate(labels)) {
      Dimension here{value.getAsOpaquePointer(), dim};
      dimensions.unionSets(first.try_emplace(label, here).first->second, here);
    }
  });
}

void Unifier::join(Operation *op) {
  SmallVector<Value> pairs = pairsOf(op);
  for (Value pair : pairs) {
    values.unionSets(pairs.front().getAsOpaquePointer(), pair.getAsOpaquePointer());
    for (int64_t dim = 0; dim < cast<RankedTensorType>(pair.getType()).getRank(); ++dim)
      dimensions.insert({pair.getAsOpaquePointer(), dim});
  }
}

static bool isElementwise(Operation *op) {
  return OpTrait::hasElementwiseMappableTraits(op) && op->getNumResults() == 1 && isPair(op->getResult(0));
}

/// A sum of pair values into one, of which other operations than a result of the program need the elements.
static LogicalResult refuseSum(EinsumOp op) {
  bool sumsPairs = false;
  std::string result = op.getLabels().result;
  forEachTerm(op, [&](Value value, StringRef labels) {
    if (PairAttr pair = getPair(value.getType()))
      for (unsigned dim : {pair.getRows(), pair.getCols()})
        sumsPairs |= !StringRef(result).contains(labels[dim]);
  });
  if (sumsPairs)
    return op.emitError("expected no contraction of pairs with pairs into pairs, which takes as many products for each "
                        "pair as there are rows or columns, but found 'theria.einsum'; choose the reference path");
  return op.emitError(
      "expected a sum of pairs over a batch dimension to be a result of the program, but found one that "
      "other operations need; keep the dimension or choose the reference path");
}

LogicalResult Unifier::add(Operation *op) {
  join(op);
  bool isKept = sumsBatches(op) && !llvm::all_of(op->getUsers(), llvm::IsaPred<PairCastOp>);
  if (isKept)
    return refuseSum(cast<EinsumOp>(op));
  auto einsum = dyn_cast<EinsumOp>(op);
  bool isMaskedBroadcast = einsum && !isPair(einsum.getResult()) && !einsum.getLabels().newLabels().empty();
  if (einsum && !isMaskedBroadcast)
    add(einsum);
  else if (isElementwise(op) || isa<CoordOp, GatherOp, ScatterAddOp, PairCastOp, tensor::SplatOp>(op) ||
           (isa<LogsumexpOp, ReduceMaxOp>(op) && !isPair(op->getResult(0))) || op->hasTrait<OpTrait::ConstantLike>())
    unifyAll(op);
  else
    return op->emitError("expected an operation on pair tensors that can be walked by blocks, but found '")
           << op->getName() << "'; write it with arith, math and theria, or choose the reference path";
  return success();
}

/// Gives each dimension of a pair value its axis; `known` are those of the stream, by leader. Fails where one axis
/// would be rows and columns.
LogicalResult Unifier::number(Value value, Stream &stream, std::map<Dimension, Axis> &known) {
  if (stream.layouts.contains(value))
    return success();
  PairAttr pair = getPair(value.getType());
  Layout layout;
  for (int64_t dim = 0; dim < cast<RankedTensorType>(value.getType()).getRank(); ++dim) {
    bool isRows = dim == pair.getRows(), isCols = dim == pair.getCols();
    auto [at, isNew] = known.try_emplace(dimensions.getLeaderValue({value.getAsOpaquePointer(), dim}));
    if (isNew)
      at->second = isRows ? stream.rows : isCols ? stream.cols : stream.axisCount++;
    if ((at->second == stream.rows) != isRows || (at->second == stream.cols) != isCols)
      return failure();
    layout.push_back(at->second);
  }
  stream.layouts[value] = layout;
  return success();
}

FailureOr<SmallVector<Stream>> Unifier::streams(Block &block) {
  SmallVector<Stream> streams;
  llvm::DenseMap<void *, unsigned> numbers;
  std::vector<std::map<Dimension, Axis>> known;
  for (Operation &op : block.without_terminator()) {
    SmallVector<Value> pairs = pairsOf(&op);
    if (pairs.empty() || isBoundary(&op))
      continue;
    void *leader = values.getLeaderValue(pairs.front().getAsOpaquePointer());
    auto [at, isNew] = numbers.try_emplace(leader, streams.size());
    if (isNew) {
      streams.emplace_back().number = at->second;
      known.emplace_back();
    }
    Stream &stream = streams[at->second];
    stream.ops.push_back(&op);
    for (Value pair : pairs)
      if (failed(number(pair, stream, known[at->second])))
        return op.emitError("expected each dimension of connected pair tensors to be rows or columns throughout, but "
                            "found one that is both; a pair tensor and its transpose can't be walked together, so "
                            "contract them apart or choose the reference path");
  }
  return streams;
}

FailureOr<SmallVector<Stream>> findStreams(Block &block) {
  Unifier unifier;
  for (Operation &op : block.without_terminator())
    if (touchesPairs(&op) && !isBoundary(&op) && failed(unifier.add(&op)))
      return failure();
  return unifier.streams(block);
}

std::set<Axis> Stream::batchAxesOf(Operation *op) const {
  std::set<Axis> axes;
  for (Value operand : op->getOperands())
    if (auto found = layouts.find(operand); found != layouts.end())
      llvm::copy_if(found->second, std::inserter(axes, axes.end()), [&](Axis axis) { return isBatch(axis); });
  return axes;
}

LabelAxes Stream::labelAxes(EinsumOp op) const {
  LabelAxes axes;
  forEachTerm(op, [&](Value value, StringRef labels) {
    if (isPair(value))
      for (auto [label, axis] : llvm::zip(labels, layouts.at(value)))
        axes[label] = axis;
  });
  return axes;
}

Layout Stream::layoutOf(EinsumOp op, StringRef labels) const {
  LabelAxes axes = labelAxes(op);
  Layout layout;
  for (char label : labels) {
    auto found = axes.find(label);
    layout.push_back(found == axes.end() ? kFeature : found->second);
  }
  return layout;
}

Layout Stream::resultLayout(Operation *op) const {
  if (auto einsum = dyn_cast<EinsumOp>(op))
    return layoutOf(einsum, einsum.getLabels().result);
  if (auto cast = dyn_cast<PairCastOp>(op))
    return layouts.at(cast.getSource());
  if (isa<ScatterAddOp>(op))
    return Layout(mlir::cast<RankedTensorType>(op->getResult(0).getType()).getRank(), kFeature);
  // A reduction along one dimension.
  Layout layout = layouts.at(op->getOperand(0));
  layout.erase(layout.begin() + op->getAttrOfType<IntegerAttr>("dim").getInt());
  return layout;
}

} // namespace theria::streaming
