//===- AccumulateInPlace.cpp - sums that begin with what they add to ------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_ACCUMULATEINPLACE
#include "lib/Reference/Passes.h.inc"

namespace {

struct AccumulateInPlace : impl::AccumulateInPlaceBase<AccumulateInPlace> {
  void runOnOperation() override;
};

} // namespace

/// Whether `value` is what `combiner`, a sum or a maximum, begins with.
static bool isIdentity(Operation *combiner, Value value) {
  APFloat number(0.0);
  if (!matchPattern(value, m_ConstantFloat(&number)))
    return false;
  return isa<arith::AddFOp>(combiner) ? number.isZero() : number.isInfinity() && number.isNegative();
}

/// The loops that compute `value` alone, from the identity of `combiner`, by that operation.
static linalg::GenericOp loopsOf(Value value, Operation *combiner) {
  auto loops = value.getDefiningOp<linalg::GenericOp>();
  if (!loops || !value.hasOneUse() || loops.getNumResults() != 1 || !loops.getNumReductionLoops())
    return {};
  auto fill = loops.getOutputs()[0].getDefiningOp<linalg::FillOp>();
  Operation *last = loops.getBody()->getTerminator()->getOperand(0).getDefiningOp();
  BlockArgument sum = loops.getRegionOutputArgs().front();
  if (!fill || !isIdentity(combiner, fill.getInputs()[0]) || !last || last->getName() != combiner->getName() ||
      !sum.hasOneUse() || *sum.user_begin() != last)
    return {};
  return loops;
}

template <typename Op> static void accumulate(Op op) {
  if (!isa<RankedTensorType>(op.getType()))
    return;
  for (auto [start, sum] : {std::pair(op.getLhs(), op.getRhs()), std::pair(op.getRhs(), op.getLhs())}) {
    linalg::GenericOp loops = loopsOf(sum, op);
    if (!loops)
      continue;
    loops->moveBefore(op); // Where `start` is known.
    loops.getOutputsMutable().assign(start);
    op.replaceAllUsesWith(loops.getResult(0));
    op.erase();
    return;
  }
}

void AccumulateInPlace::runOnOperation() {
  getOperation().walk([](arith::AddFOp op) { accumulate(op); });
  getOperation().walk([](arith::MaximumFOp op) { accumulate(op); });
}

} // namespace theria::reference
