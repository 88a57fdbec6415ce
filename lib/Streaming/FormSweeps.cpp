//===- FormSweeps.cpp - pair tensors become tiles -------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Passes.h"

#include "lib/Streaming/Describe.h"
#include "lib/Streaming/Sweep.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::streaming {
#define GEN_PASS_DEF_FORMSWEEPS
#include "lib/Streaming/Passes.h.inc"

namespace {

struct FormSweeps : impl::FormSweepsBase<FormSweeps> {
  using FormSweepsBase::FormSweepsBase;
  void runOnOperation() override;

private:
  LogicalResult stream(Block &block, Report &report);
};

} // namespace

static RankedTensorType denseType(Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  return RankedTensorType::get(type.getShape(), type.getElementType());
}

/// Reads pair arguments and writes pair results of a block through dense tensors.
static void castBoundary(Block &block) {
  OpBuilder builder = OpBuilder::atBlockBegin(&block);
  for (BlockArgument argument : block.getArguments())
    if (isPair(argument)) {
      auto dense = PairCastOp::create(builder, argument.getLoc(), denseType(argument), argument);
      auto pair = PairCastOp::create(builder, argument.getLoc(), argument.getType(), dense);
      argument.replaceAllUsesExcept(pair, dense);
    }
  Operation *end = block.getTerminator();
  builder.setInsertionPoint(end);
  for (OpOperand &operand : end->getOpOperands())
    if (isPair(operand.get())) {
      auto dense = PairCastOp::create(builder, end->getLoc(), denseType(operand.get()), operand.get());
      operand.set(PairCastOp::create(builder, end->getLoc(), operand.get().getType(), dense));
    }
}

/// Σ_j p_ij repeated along c becomes a sum over pairs, then a broadcast of that.
static void splitBroadcasts(Block &block) {
  for (EinsumOp op : llvm::make_early_inc_range(block.getOps<EinsumOp>())) {
    Equation sum = op.getLabels(), broadcast;
    std::string added = sum.newLabels();
    if (added.empty() || isPair(op.getResult()) || llvm::none_of(op.getInputs(), isPair) ||
        !intersect(sum.where, added).empty())
      continue;
    broadcast.result = sum.result;
    llvm::erase_if(sum.result, [&](char label) { return StringRef(added).contains(label); });
    broadcast.inputs = {sum.result};
    SmallVector<int64_t> shape;
    for (char label : sum.result)
      shape.push_back(op.getType().getDimSize(broadcast.result.find(label)));
    OpBuilder builder(op);
    auto type = RankedTensorType::get(shape, op.getType().getElementType());
    Value total =
        EinsumOp::create(builder, op.getLoc(), type, sum, op.getInputs(), op.getMask(), [](char) { return Value(); });
    auto sizes = op.getSizes().begin();
    Value repeated =
        EinsumOp::create(builder, op.getLoc(), op.getType(), broadcast, total, Value(), [&](char) { return *sizes++; });
    op.replaceAllUsesWith(repeated);
    op.erase();
  }
}

/// A pair constant again: one value as it is, others read from a dense constant.
static Value copyConstant(OpBuilder &builder, arith::ConstantOp op) {
  auto elements = cast<DenseElementsAttr>(op.getValue());
  if (elements.isSplat())
    return builder.clone(*op)->getResult(0);
  auto dense = arith::ConstantOp::create(builder, op.getLoc(), elements.reshape(denseType(op)));
  return PairCastOp::create(builder, op.getLoc(), op.getType(), dense);
}

/// Gives every reader of a pair constant one of its own, since a stream lies in one block.
static void copyConstants(func::FuncOp function) {
  SmallVector<arith::ConstantOp> constants;
  function.walk([&](arith::ConstantOp op) {
    if (isPair(op) && isa<DenseElementsAttr>(op.getValue()))
      constants.push_back(op);
  });
  for (arith::ConstantOp op : constants) {
    for (OpOperand &use : llvm::make_early_inc_range(op->getUses())) {
      OpBuilder builder(use.getOwner());
      use.set(copyConstant(builder, op));
    }
    op.erase();
  }
}

LogicalResult FormSweeps::stream(Block &block, Report &report) {
  splitBroadcasts(block);
  auto streams = findStreams(block);
  if (failed(streams))
    return failure();
  if (streams->empty())
    return success();
  auto steps = schedule(block, *streams, {online, strips});
  if (failed(steps))
    return failure();
  describe(*streams, *steps, {rowTile, columnTile}, report);
  Operation *end = block.getTerminator();
  for (Step &step : *steps) {
    if (auto **op = std::get_if<Operation *>(&step)) {
      (*op)->moveBefore(end);
      continue;
    }
    OpBuilder builder(end);
    emitSweep(builder, std::get<Sweep>(step), {rowTile, columnTile});
  }
  SmallVector<Operation *> dead =
      llvm::filter_to_vector(llvm::make_pointer_range(block.without_terminator()),
                             [](Operation *op) { return touchesPairs(op) && !isBoundary(op); });
  for (Operation *op : llvm::reverse(dead))
    if (op->use_empty())
      op->erase();
  return success();
}

void FormSweeps::runOnOperation() {
  if (getOperation().isExternal())
    return;
  castBoundary(getOperation().getBody().front());
  copyConstants(getOperation());
  SmallVector<Block *> blocks;
  getOperation().walk([&](Block *block) { blocks.push_back(block); });
  getOperation()->removeAttr(reportName);
  Report report;
  for (Block *block : blocks)
    if (block->mightHaveTerminator() && failed(stream(*block, report)))
      return signalPassFailure();
  if (!report.streams.empty())
    getOperation()->setAttr(reportName, report.toAttribute(&getContext()));
}

} // namespace theria::streaming
