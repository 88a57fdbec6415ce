//===- SplitBroadcasts.cpp - sums over pairs that are also repeated -------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Passes.h"

#include "dialect/Theria.h"
#include "lib/Streaming/Stream.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::streaming {
#define GEN_PASS_DEF_SPLITBROADCASTS
#include "lib/Streaming/Passes.h.inc"

namespace {

struct SplitBroadcasts : impl::SplitBroadcastsBase<SplitBroadcasts> {
  void runOnOperation() override;
};

} // namespace

/// Where only the mask of a sum is of pairs, and has a dimension that no operand has, the sum gets a pair operand:
/// ones.
static void addPairOperand(EinsumOp op) {
  Equation equation = op.getLabels();
  std::string added = equation.newLabels();
  if (!op.getMask() || !isPair(op.getMask()) || isPair(op.getResult()) || intersect(added, equation.where).empty())
    return;
  OpBuilder builder(op);
  auto type = cast<RankedTensorType>(op.getMask().getType()).clone(op.getType().getElementType());
  equation.inputs.push_back(equation.where);
  SmallVector<Value> inputs(op.getInputs());
  inputs.push_back(createConstant(builder, op.getLoc(), 1, type, op.getMask()));
  auto sizeOf = [&](char label) -> Value {
    unsigned number = 0;
    for (char other : added.substr(0, added.find(label)))
      number += op.getType().isDynamicDim(op.getLabels().result.find(other));
    return op.getSizes()[number];
  };
  op.replaceAllUsesWith(
      EinsumOp::create(builder, op.getLoc(), op.getType(), equation, inputs, op.getMask(), sizeOf).getResult());
  op.erase();
}

/// Σ_j p_ij repeated along another dimension becomes a sum over pairs, then a broadcast of that. What a mask of other
/// than summed dimensions leaves out, it leaves out of the broadcast.
static void splitBroadcast(EinsumOp op) {
  Equation sum = op.getLabels(), broadcast;
  std::string added = sum.newLabels();
  bool sums = llvm::any_of(sum.inputs, [&](StringRef labels) { return !isSubset(labels, sum.result); });
  bool readsPairs = llvm::any_of(op.getInputs(), isPair) || (op.getMask() && isPair(op.getMask()));
  const bool masksBroadcast = !intersect(sum.where, added).empty();
  if (added.empty() || !sums || !readsPairs || (masksBroadcast && !isSubset(sum.where, sum.result)))
    return;
  if (masksBroadcast)
    std::swap(sum.where, broadcast.where);
  broadcast.result = sum.result;
  llvm::erase_if(sum.result, [&](char label) { return StringRef(added).contains(label); });
  broadcast.inputs = {sum.result};
  SmallVector<int64_t> shape;
  for (char label : sum.result)
    shape.push_back(op.getType().getDimSize(broadcast.result.find(label)));
  // The sum may be of pairs itself, and repeated along a batch dimension.
  Attribute mark;
  if (PairAttr pair = getPair(op.getType())) {
    const size_t row = sum.result.find(broadcast.result[pair.getRows()]),
                 col = sum.result.find(broadcast.result[pair.getCols()]);
    if (row != std::string::npos && col != std::string::npos)
      mark = PairAttr::get(op.getContext(), row, col);
  }
  OpBuilder builder(op);
  auto type = RankedTensorType::get(shape, op.getType().getElementType(), mark);
  Value total = EinsumOp::create(builder, op.getLoc(), type, sum, op.getInputs(),
                                 masksBroadcast ? Value() : op.getMask(), [](char) { return Value(); });
  auto sizes = op.getSizes().begin();
  Value repeated = EinsumOp::create(builder, op.getLoc(), op.getType(), broadcast, total,
                                    masksBroadcast ? op.getMask() : Value(), [&](char) { return *sizes++; });
  op.replaceAllUsesWith(repeated);
  op.erase();
}

void SplitBroadcasts::runOnOperation() {
  getOperation().walk(addPairOperand);
  getOperation().walk(splitBroadcast);
}

} // namespace theria::streaming
