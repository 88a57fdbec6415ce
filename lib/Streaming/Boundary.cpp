//===- Boundary.cpp - where pair tensors are read and written -------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Boundary.h"

#include "lib/Streaming/Stream.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::streaming {

static RankedTensorType denseType(Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  return RankedTensorType::get(type.getShape(), type.getElementType());
}

/// Reads pair arguments and writes pair results of a block through dense tensors.
static void castArgumentsAndResults(Block &block) {
  OpBuilder builder = OpBuilder::atBlockBegin(&block);
  for (BlockArgument argument : block.getArguments())
    if (isPair(argument)) {
      auto dense = PairCastOp::create(builder, argument.getLoc(), denseType(argument), argument);
      auto pair = PairCastOp::create(builder, argument.getLoc(), argument.getType(), dense);
      argument.replaceUsesWithIf(dense, [](OpOperand &use) { return isa<tensor::DimOp>(use.getOwner()); });
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

static bool isElementwise(Operation *op) {
  return OpTrait::hasElementwiseMappableTraits(op) && op->getNumResults() == 1 && isPair(op->getResult(0));
}

/// Computes an elementwise operation whose result is only stored on dense operands: a sum over batches is complete in
/// memory alone.
static void computeDensely(Operation *op) {
  if (op->use_empty() || !llvm::all_of(op->getUsers(), llvm::IsaPred<PairCastOp>))
    return;
  OpBuilder builder(op);
  Operation *dense = builder.clone(*op);
  for (OpOperand &operand : dense->getOpOperands())
    if (isPair(operand.get()))
      operand.set(PairCastOp::create(builder, op->getLoc(), denseType(operand.get()), operand.get()));
  dense->moveAfter(op);
  dense->getResult(0).setType(denseType(op->getResult(0)));
  for (Operation *cast : llvm::make_early_inc_range(op->getUsers())) {
    cast->replaceAllUsesWith(dense);
    cast->erase();
  }
  op->erase();
}

/// The elementwise operations that a sum over batches reaches through others.
static SmallVector<Operation *> findUsersOfBatchSums(Block &block) {
  SmallVector<Operation *> found;
  llvm::DenseSet<Value> reached;
  for (Operation &op : block)
    if (sumsBatches(&op)) {
      reached.insert(op.getResult(0));
    } else if (isElementwise(&op) &&
               llvm::any_of(op.getOperands(), [&](Value value) { return reached.contains(value); })) {
      reached.insert(op.getResult(0));
      found.push_back(&op);
    }
  return found;
}

void castBoundary(func::FuncOp function) {
  castArgumentsAndResults(function.getBody().front());
  copyConstants(function);
  function.walk([](Block *block) {
    const SmallVector<Operation *> users = findUsersOfBatchSums(*block);
    for (Operation *op : llvm::reverse(users))
      computeDensely(op);
  });
}

} // namespace theria::streaming
