//===- UnrollElementwise.cpp - one element of a thread after the other ----===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/ElementwiseRun.h"
#include "lib/Codegen/GPU/Passes.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_UNROLLELEMENTWISE
#include "lib/Codegen/GPU/Passes.h.inc"

namespace {

/// Computes a run for one element after the other.
class Unroller {
public:
  Unroller(const ElementwiseRun &run, OpBuilder builder) : run(run), builder(builder) {}
  void unroll();

private:
  Value at(Location loc, Value value, int64_t row, int64_t col);
  void compute(Operation *op, int64_t row, int64_t col);

  const ElementwiseRun &run;
  OpBuilder builder;
  /// The elements of what the run gives, row by row.
  llvm::DenseMap<Value, SmallVector<Value>> elements;
};

} // namespace

static VectorType typeOf(Operation *op) { return cast<VectorType>(op->getResult(0).getType()); }

/// An element of an operand, which may have one row, or one column, for all.
Value Unroller::at(Location loc, Value value, int64_t row, int64_t col) {
  auto type = dyn_cast<VectorType>(value.getType());
  if (!type)
    return value;
  const std::array<int64_t, 2> positions{row, col};
  SmallVector<int64_t, 2> place;
  for (auto [size, position] : llvm::zip(type.getShape(), ArrayRef(positions).take_back(type.getRank())))
    place.push_back(size == 1 ? 0 : position);
  auto known = elements.find(value);
  if (known != elements.end())
    return known->second[place[0] * type.getDimSize(1) + place[1]];
  return vector::ExtractOp::create(builder, loc, value, place);
}

void Unroller::compute(Operation *op, int64_t row, int64_t col) {
  Value result = op->getResult(0);
  auto element = [&](Value operand) { return at(op->getLoc(), operand, row, col); };
  if (isa<vector::BroadcastOp>(op)) {
    elements[result].push_back(element(op->getOperand(0)));
    return;
  }
  SmallVector<Value> operands = llvm::map_to_vector(op->getOperands(), element);
  OperationState state(op->getLoc(), op->getName(), operands, typeOf(op).getElementType(), op->getAttrs());
  elements[result].push_back(builder.create(state)->getResult(0));
}

void Unroller::unroll() {
  int64_t rows = 0, cols = 0;
  for (Operation *op : run.operations()) {
    rows = std::max(rows, typeOf(op).getDimSize(0));
    cols = std::max(cols, typeOf(op).getDimSize(1));
  }
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t col = 0; col < cols; ++col)
      for (Operation *op : run.operations())
        if (row < typeOf(op).getDimSize(0) && col < typeOf(op).getDimSize(1))
          compute(op, row, col);
  for (Operation *op : run.operations())
    if (!llvm::all_of(op->getUsers(), [&](Operation *user) { return run.contains(user); }))
      op->getResult(0).replaceAllUsesWith(
          vector::FromElementsOp::create(builder, op->getLoc(), typeOf(op), elements.at(op->getResult(0))));
  for (Operation *op : llvm::reverse(run.operations()))
    op->erase();
}

namespace {

struct UnrollElementwise : impl::UnrollElementwiseBase<UnrollElementwise> {
  void runOnOperation() override {
    getOperation()->walk([](Block *block) {
      ElementwiseRun::forEach(
          *block, [](const ElementwiseRun &run, Operation &end) { Unroller(run, OpBuilder(&end)).unroll(); });
    });
  }
};

} // namespace
} // namespace theria::gpu
