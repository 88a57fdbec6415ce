//===- LoopNest.cpp - what loops over a generic share --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/LoopNest.h"

#include "lib/Codegen/CPU/Passes.h"

using namespace mlir;
using linalg::GenericOp;

namespace theria::cpu {

/// What a dimension of unknown size counts as, where the larger of two is chosen.
static constexpr int64_t kNominalSize = 1024;

LoopNest::LoopNest(GenericOp op)
    : op(op), body(op), extents(op.getStaticLoopRanges()), iterators(op.getIteratorTypesArray()) {
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  for (auto [number, operand] : llvm::enumerate(op->getOperands()))
    (number < op.getInputs().size() ? inputs : outputs).emplace_back(operand, maps[number]);
}

bool LoopNest::isAllParallel() const {
  return llvm::all_of(iterators, [](utils::IteratorType kind) { return kind == utils::IteratorType::parallel; });
}

bool LoopNest::isSum(unsigned result) const {
  GenericOp generic = op;
  AffineMap map = generic.getIndexingMapsArray()[inputs.size() + result];
  for (unsigned loop = 0; loop < extents.size(); ++loop)
    if (!isParallel(loop) && !map.isFunctionOfDim(loop))
      return true;
  return false;
}

int64_t LoopNest::nominalSize(unsigned loop) const { return isKnown(loop) ? extents[loop] : kNominalSize; }

std::optional<unsigned> LoopNest::largest(function_ref<bool(unsigned)> fits) const {
  std::optional<unsigned> best;
  for (unsigned loop = 0; loop < extents.size(); ++loop)
    if (fits(loop) && (!best || nominalSize(loop) >= nominalSize(*best)))
      best = loop;
  return best;
}

LoopEmitter::LoopEmitter(const LoopNest &nest, VectorTarget target)
    : nest(nest), op(nest.op), target(target), b(op), loc(op.getLoc()) {
  for (Range range : cast<linalg::LinalgOp>(op.getOperation()).createLoopRanges(b, loc))
    sizes.push_back(getValueOrCreateConstantIndexOp(b, loc, range.size));
  ivs.assign(sizes.size(), constant(0));
}

Value LoopEmitter::constant(int64_t value) { return arith::ConstantIndexOp::create(b, loc, value); }

Value LoopEmitter::offset(Value value, int64_t distance) {
  return distance ? b.createOrFold<arith::AddIOp>(loc, value, constant(distance)) : value;
}

Value LoopEmitter::forSteps(unsigned loop, Value begin, int64_t step, SmallVector<Value> &carried,
                            function_ref<void()> body) {
  Value end = sizes[loop];
  if (step != 1) {
    Value size = b.createOrFold<arith::SubIOp>(loc, end, begin);
    Value rest = b.createOrFold<arith::RemUIOp>(loc, size, constant(step));
    end = b.createOrFold<arith::SubIOp>(loc, end, rest);
  }
  std::optional<int64_t> first = getConstantIntValue(begin), last = getConstantIntValue(end);
  if (first && last && *first >= *last)
    return begin;
  if (first && last && *first + step == *last) {
    ivs[loop] = begin;
    body();
    return end;
  }
  auto forOp = scf::ForOp::create(b, loc, begin, end, constant(step), carried);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(forOp.getBody());
  ivs[loop] = forOp.getInductionVar();
  llvm::copy(forOp.getRegionIterArgs(), carried.begin());
  body();
  if (!carried.empty())
    scf::YieldOp::create(b, loc, carried);
  llvm::copy(forOp.getResults(), carried.begin());
  return end;
}

void LoopEmitter::forAll(ArrayRef<unsigned> loops, SmallVector<Value> &carried, function_ref<void()> body) {
  if (loops.empty())
    return body();
  forSteps(loops.front(), constant(0), 1, carried, [&] { forAll(loops.drop_front(), carried, body); });
}

SmallVector<unsigned> LoopEmitter::loopsOf(utils::IteratorType kind, unsigned except) const {
  SmallVector<unsigned> loops;
  for (auto [loop, found] : llvm::enumerate(nest.iterators))
    if (found == kind && loop != except)
      loops.push_back(loop);
  return loops;
}

} // namespace theria::cpu
