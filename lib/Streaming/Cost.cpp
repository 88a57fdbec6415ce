//===- Cost.cpp - what pair values cost to compute and to keep ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Cost.h"

using namespace mlir;

namespace theria::streaming {

/// Where a size is not known.
static constexpr double kRows = 1024, kFeatures = 64;

/// Vector instructions for a function of `math`, and for a look-up, which takes one element at a time.
static constexpr double kFunction = 16, kLookUp = 4;

/// Bytes that a core reads or writes in a cycle: in its second-level cache, in the last level, in memory.
static constexpr double kSecondLevel = 32, kLastLevel = 8, kMemory = 3;

int64_t elementBytes(Type type) {
  Type element = getElementTypeOrSelf(type);
  unsigned bits = element.isIndex() ? 64 : element.getIntOrFloatBitWidth();
  return llvm::divideCeil(bits, 8u);
}

int64_t stripBytes(const Sweep &sweep) {
  int64_t bytes = 0;
  for (Type type : sweep.stripTypes)
    bytes += elementBytes(type);
  return bytes;
}

double multiplyAddsOfPair(EinsumOp op) {
  Equation equation = op.getLabels();
  StringRef pairLabels = equation.result;
  for (auto [input, labels] : llvm::zip(op.getInputs(), equation.inputs))
    if (isPair(input))
      pairLabels = labels;
  double depth = 1;
  llvm::SmallDenseSet<char> seen;
  for (auto [input, labels] : llvm::zip(op.getInputs(), equation.inputs))
    for (auto [dim, label] : llvm::enumerate(labels)) {
      if (pairLabels.contains(label) || !seen.insert(label).second)
        continue;
      auto type = cast<RankedTensorType>(input.getType());
      depth *= type.isDynamicDim(dim) ? kFeatures : double(type.getDimSize(dim));
    }
  return seen.empty() ? 0 : depth;
}

double CostModel::compute(Operation *op) const {
  if (op->hasTrait<OpTrait::ConstantLike>())
    return 0;
  // Small floats are computed as f32.
  double lanes = double(core.vectorBytes) / double(std::max<int64_t>(elementBytes(op->getResult(0).getType()), 4));
  lanes = std::max(lanes, 1.0);
  if (auto einsum = dyn_cast<EinsumOp>(op))
    if (double depth = multiplyAddsOfPair(einsum))
      return depth / (2 * lanes);
  if (isa<GatherOp, ScatterAddOp>(op))
    return kLookUp;
  return (op->getDialect()->getNamespace() == "math" ? kFunction : 1) / lanes;
}

double CostModel::keep(const Stream &stream, Value value, int64_t bytes) const {
  const Layout &layout = stream.layouts.at(value);
  auto type = cast<RankedTensorType>(value.getType());
  int64_t cols = type.getDimSize(llvm::find(layout, stream.cols) - layout.begin());
  double whole = double(bytes) * double(rowTile) * double(cols);
  double rate = ShapedType::isDynamic(cols)             ? kLastLevel
                : whole <= double(core.secondLevel) / 2 ? kSecondLevel
                : whole <= double(core.lastLevel)       ? kLastLevel
                                                        : kMemory;
  return 2 * double(elementBytes(value.getType())) / rate;
}

/// A level computes what its reductions and the strips that it fills need, and reads the other strips.
double CostModel::level(const Sweep &sweep, int number) const {
  double cycles = 0;
  const int64_t bytes = stripBytes(sweep);
  SetVector<Operation *> ops;
  for (Operation *op : sweep.reductions)
    if (sweep.levels.lookup(op) == number)
      ops.insert(op);
  for (auto [value, strip] : sweep.strips)
    if (sweep.levelOf(value) == number) {
      ops.insert(value.getDefiningOp());
      cycles += keep(*sweep.stream, value, bytes) / 2;
    }
  llvm::SmallDenseSet<Value> read;
  for (size_t next = 0; next < ops.size(); ++next) {
    cycles += compute(ops[next]);
    for (Value operand : ops[next]->getOperands()) {
      if (!isPair(operand))
        continue;
      if (!sweep.strips.contains(operand) || sweep.levelOf(operand) >= number)
        ops.insert(operand.getDefiningOp());
      else if (read.insert(operand).second)
        cycles += keep(*sweep.stream, operand, bytes) / 2;
    }
  }
  return cycles;
}

double CostModel::sweep(const Sweep &sweep) const {
  double cycles = 0;
  for (int number = 0; number < sweep.levelCount; ++number)
    cycles += level(sweep, number);
  double pairs = 1;
  if (!sweep.pairOps.empty())
    for (int64_t size : cast<RankedTensorType>(sweep.pairOps.front()->getResult(0).getType()).getShape())
      pairs *= ShapedType::isDynamic(size) ? kRows : double(size);
  return cycles * pairs;
}

double CostModel::plan(ArrayRef<Step> steps) const {
  double cycles = 0;
  for (const Step &step : steps)
    if (const auto *one = std::get_if<Sweep>(&step))
      cycles += sweep(*one);
  return cycles;
}

} // namespace theria::streaming
