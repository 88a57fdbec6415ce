//===- Control.cpp - loops, branches and calls in the oracle --------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Oracle/Activation.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace theria::oracle {

static Tensors takeAll(ValueRange operands, Operation *op, Activation &activation) {
  Tensors tensors;
  for (Value operand : operands)
    tensors.push_back(activation.take(operand, op));
  return tensors;
}

static LogicalResult runFor(scf::ForOp loop, Activation &activation) {
  const int64_t lower = activation.index(loop.getLowerBound()), upper = activation.index(loop.getUpperBound());
  const int64_t step = activation.index(loop.getStep());
  if (step < 1)
    return loop.emitError() << "expected a step of at least 1, but found " << step << "; count upwards";
  const uint64_t mask = llvm::maskTrailingOnes<uint64_t>(widthOf(loop.getInductionVar().getType()));
  const bool isUnsigned = loop.getUnsignedCmp();
  auto goesOn = [&](int64_t position) { return isUnsigned ? (position & mask) < (upper & mask) : position < upper; };
  Tensors carried = takeAll(loop.getInitArgs(), loop, activation);
  for (int64_t position = lower; goesOn(position); position += step) {
    carried.insert(carried.begin(), Tensor::of(position & mask));
    // What is carried is edited in place: nothing else holds it.
    FailureOr<Tensors> next = activation.evaluate(loop.getRegion(), std::move(carried));
    if (failed(next))
      return failure();
    carried = std::move(*next);
  }
  return activation.setResults(loop, std::move(carried));
}

static LogicalResult runWhile(scf::WhileOp loop, Activation &activation) {
  Tensors carried = takeAll(loop.getInits(), loop, activation);
  while (true) {
    FailureOr<Tensors> before = activation.evaluate(loop.getBefore(), std::move(carried));
    if (failed(before))
      return failure();
    const bool goesOn = before->front().index();
    before->erase(before->begin());
    if (!goesOn)
      return activation.setResults(loop, std::move(before));
    FailureOr<Tensors> after = activation.evaluate(loop.getAfter(), std::move(*before));
    if (failed(after))
      return failure();
    carried = std::move(*after);
  }
}

static LogicalResult runBranch(Operation *op, Region &branch, Activation &activation) {
  if (branch.empty())
    return success();
  return activation.setResults(op, activation.evaluate(branch));
}

static LogicalResult runIf(scf::IfOp op, Activation &activation) {
  return runBranch(op, activation.index(op.getCondition()) ? op.getThenRegion() : op.getElseRegion(), activation);
}

static LogicalResult runSwitch(scf::IndexSwitchOp op, Activation &activation) {
  const auto *found = llvm::find(op.getCases(), activation.index(op.getArg()));
  if (found == op.getCases().end())
    return runBranch(op, op.getDefaultRegion(), activation);
  return runBranch(op, op.getCaseRegions()[found - op.getCases().begin()], activation);
}

/// Puts what one iteration gives into the results.
static LogicalResult insertInParallel(scf::ForallOp loop, Activation &activation, Tensors &results) {
  for (Operation &op : *loop.getTerminator().getBody()) {
    auto insertion = cast<tensor::ParallelInsertSliceOp>(op);
    auto result = cast<BlockArgument>(insertion.getDest());
    Tensor &target = results[result.getArgNumber() - loop.getRank()];
    if (failed(insertSlice(insertion, activation.get(insertion.getSource()), target, activation)))
      return failure();
  }
  return success();
}

/// Each iteration sees the results as they were before all of them.
static LogicalResult runForall(scf::ForallOp loop, Activation &activation) {
  const SmallVector<int64_t> lower = activation.indices(loop.getMixedLowerBound());
  const SmallVector<int64_t> upper = activation.indices(loop.getMixedUpperBound());
  const SmallVector<int64_t> step = activation.indices(loop.getMixedStep());
  SmallVector<int64_t> counts;
  for (auto [from, to, by] : llvm::zip_equal(lower, upper, step)) {
    if (by < 1)
      return loop.emitError() << "expected a step of at least 1, but found " << by << "; count upwards";
    counts.push_back(std::max<int64_t>(llvm::divideCeilSigned(to - from, by), 0));
  }
  const Tensors before = activation.get(loop.getOutputs());
  Tensors results = before;
  Counter counter(counts, {});
  for (int64_t iteration = 0, all = product(counts); iteration < all; ++iteration, counter.next()) {
    Tensors arguments;
    for (auto [from, by, position] : llvm::zip_equal(lower, step, counter.position()))
      arguments.push_back(Tensor::of(uint64_t(from + by * position)));
    llvm::append_range(arguments, before);
    if (failed(activation.evaluate(loop.getRegion(), std::move(arguments))) ||
        failed(insertInParallel(loop, activation, results)))
      return failure();
  }
  return activation.setResults(loop, std::move(results));
}

static LogicalResult runCall(func::CallOp op, Activation &activation) {
  auto function = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(op, op.getCalleeAttr());
  return activation.setResults(op, call(function, activation.get(op.getOperands()), activation.setting, op));
}

Handler findControlHandler(Operation *op) {
  return llvm::TypeSwitch<Operation *, Handler>(op)
      .Case<scf::ForOp>([](auto) { return handle<scf::ForOp, runFor>; })
      .Case<scf::WhileOp>([](auto) { return handle<scf::WhileOp, runWhile>; })
      .Case<scf::IfOp>([](auto) { return handle<scf::IfOp, runIf>; })
      .Case<scf::IndexSwitchOp>([](auto) { return handle<scf::IndexSwitchOp, runSwitch>; })
      .Case<scf::ForallOp>([](auto) { return handle<scf::ForallOp, runForall>; })
      .Case<scf::ExecuteRegionOp>([](auto) -> Handler {
        return [](Operation *op, Activation &activation) { return runBranch(op, op->getRegion(0), activation); };
      })
      .Case<func::CallOp>([](auto) { return handle<func::CallOp, runCall>; })
      .Default(nullptr);
}

} // namespace theria::oracle
