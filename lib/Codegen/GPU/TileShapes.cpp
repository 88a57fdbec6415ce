//===- TileShapes.cpp - which vector a tile of a sweep becomes ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/TileShapes.h"

#include "dialect/Folds.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::gpu {

static int64_t rankOf(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type ? type.getRank() : -1;
}

/// A constant is what each of its readers needs.
static bool isConstant(Value value) { return bool(getUniformConstant(value)); }

std::optional<bool> TileShapes::alongColumns(const Equation &equation, char label) {
  SmallVector<StringRef> terms{equation.result};
  llvm::append_range(terms, equation.inputs);
  for (StringRef labels : terms)
    if (labels.size() == 2 && labels.contains(label))
      return labels[1] == label;
  return std::nullopt;
}

TileShapes::TileShapes(scf::ForallOp sweep) : body(sweep.getRegion()) {
  for (Value output : sweep.getRegionIterArgs())
    written.insert(output.getAsOpaquePointer());
  sweep.getBody()->walk([&](Operation *op) { see(op); });
  auto byLeader = [&](llvm::DenseSet<void *> &values) {
    llvm::DenseSet<void *> found;
    for (void *value : values)
      found.insert(classes.getOrInsertLeaderValue(value));
    values = std::move(found);
  };
  byLeader(written);
  byLeader(rows);
  byLeader(cols);
}

void TileShapes::join(Value a, Value b) {
  if (rankOf(a) >= 0 && rankOf(b) >= 0 && !isConstant(a) && !isConstant(b))
    classes.unionSets(a.getAsOpaquePointer(), b.getAsOpaquePointer());
}

void TileShapes::lie(Value tile, bool alongColumns) {
  if (rankOf(tile) == 1 && !isConstant(tile))
    (alongColumns ? cols : rows).insert(tile.getAsOpaquePointer());
}

/// What a loop or a branch hands on is one value.
void TileShapes::joinControl(Operation *op) {
  if (auto loop = dyn_cast<scf::ForOp>(op))
    for (auto [init, argument, yielded, result] :
         llvm::zip(loop.getInitArgs(), loop.getRegionIterArgs(), loop.getYieldedValues(), loop.getResults())) {
      join(argument, init);
      join(argument, yielded);
      join(argument, result);
    }
  if (auto branch = dyn_cast<scf::IfOp>(op))
    for (auto [number, result] : llvm::enumerate(branch.getResults())) {
      join(result, branch.thenYield().getOperand(number));
      join(result, branch.elseYield().getOperand(number));
    }
}

/// Where the operands and the result of one dimension lie in the two that an einsum works on.
void TileShapes::see(EinsumOp op) {
  Equation equation = op.getLabels();
  SmallVector<std::pair<Value, StringRef>> terms;
  for (auto [input, labels] : llvm::zip(op.getInputs(), equation.inputs))
    terms.push_back({input, labels});
  terms.push_back({op.getResult(), equation.result});
  if (op.getMask())
    terms.push_back({op.getMask(), equation.where});
  Value first;
  for (auto [value, labels] : terms) {
    if (labels.size() != 1 || isConstant(value))
      continue;
    if (std::optional<bool> along = alongColumns(equation, labels.front()))
      lie(value, *along);
    else if (first)
      join(first, value);
    first = value;
  }
}

void TileShapes::see(Operation *op) {
  joinControl(op);
  if (auto insert = dyn_cast<tensor::InsertSliceOp>(op)) {
    join(insert.getDest(), insert.getResult());
    written.insert(insert.getDest().getAsOpaquePointer());
  }
  if (auto einsum = dyn_cast<EinsumOp>(op))
    return see(einsum);
  if (auto reduction = dyn_cast<ReduceMaxOp>(op))
    return lie(reduction.getResult(), reduction.getDim() == 0);
  if (isa<ScatterAddOp>(op))
    return lie(op->getResult(0), true);
  bool isSame = OpTrait::hasElementwiseMappableTraits(op) || isa<GatherOp, tensor::CastOp>(op);
  if (!isSame || op->getNumResults() != 1)
    return;
  for (Value operand : op->getOperands())
    if (rankOf(operand) == rankOf(op->getResult(0)) && !(isa<GatherOp>(op) && operand == op->getOperand(0)))
      join(operand, op->getResult(0));
}

bool TileShapes::isMemory(Value tensor) const {
  if (rankOf(tensor) < 0 || isConstant(tensor))
    return false;
  if (!body.isAncestor(tensor.getParentRegion()))
    return true;
  auto leader = classes.findLeader(tensor.getAsOpaquePointer());
  if (leader != classes.member_end() && written.contains(*leader))
    return true;
  // A slice that is only there to be padded.
  Operation *op = tensor.getDefiningOp();
  return isa_and_nonnull<tensor::ExtractSliceOp>(op) && llvm::all_of(op->getUsers(), llvm::IsaPred<tensor::PadOp>);
}

void TileShapes::standFor(Value given, Value memory) {
  void *leader = classes.getOrInsertLeaderValue(memory.getAsOpaquePointer());
  classes.unionSets(leader, given.getAsOpaquePointer());
  written.insert(classes.getLeaderValue(leader));
}

bool TileShapes::isTile(Value value) const { return rankOf(value) >= 0 && !isMemory(value); }

VectorType TileShapes::vectorOf(Value tile) const {
  auto type = cast<RankedTensorType>(tile.getType());
  constexpr int64_t multiple = 16;
  SmallVector<int64_t> sizes(type.getShape()), shape;
  if (sizes.size() > 2)
    sizes = {llvm::product_of(ArrayRef(sizes).drop_back()), sizes.back()};
  for (int64_t size : sizes)
    shape.push_back(llvm::alignTo(size, multiple));
  if (shape.size() < 2) {
    auto leader = classes.findLeader(tile.getAsOpaquePointer());
    bool alongColumns = leader != classes.member_end() && cols.contains(*leader) && !rows.contains(*leader);
    shape.insert(alongColumns ? shape.begin() : shape.end(), 2 - shape.size(), 1);
  }
  return VectorType::get(shape, type.getElementType());
}

} // namespace theria::gpu
