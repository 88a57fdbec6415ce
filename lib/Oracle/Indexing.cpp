//===- Indexing.cpp - coordinates, tables and marks in the oracle ---------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Theria.h"
#include "lib/Oracle/Activation.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace theria::oracle {

static LogicalResult coord(CoordOp op, Activation &activation) {
  FailureOr<Tensor> result = activation.create(op, op.getType(), activation.shapeOf(op.getType(), op.getSizes()));
  if (failed(result))
    return failure();
  const int64_t offset = op.getOffset() ? activation.index(op.getOffset()) : 0;
  const uint64_t mask = llvm::maskTrailingOnes<uint64_t>(widthOf(op.getType()));
  Counter counter(result->getShape(), {});
  for (uint64_t &index : result->editIntegers()) {
    index = uint64_t(offset + counter.position()[op.getDim()]) & mask;
    counter.next();
  }
  activation.set(op.getResult(), std::move(*result));
  return success();
}

namespace {
/// The places in a table that tensors of indices name.
class Lookup {
public:
  Lookup(Operation *op, ArrayRef<int64_t> table, OperandRange indices, Value mask, const Activation &activation)
      : op(op), table(table), indices(activation.get(ValueRange(indices))),
        mask(mask ? activation.get(mask) : Tensor()) {
    for (Value index : indices)
      widths.push_back(widthOf(index.getType()));
  }

  bool isLive(int64_t element) const { return !mask || mask.integers()[element]; }

  FailureOr<int64_t> find(int64_t element) const {
    int64_t place = 0;
    for (auto [dim, size] : llvm::enumerate(table)) {
      const int64_t index = llvm::SignExtend64(indices[dim].integers()[element], widths[dim]);
      if (index < 0 || index >= size)
        return op->emitError() << "expected an index in dim " << dim << " of the table of size " << size
                               << ", but found " << index << "; keep indices inside or mask them";
      place = place * size + index;
    }
    return place;
  }

  LogicalResult checkShapes(ArrayRef<int64_t> shape) const {
    for (const Tensor &index : indices)
      if (index.getShape() != shape)
        return op->emitError() << "expected operands of one shape, but found indices of another; give arrays whose "
                                  "sizes agree";
    if (mask && mask.getShape() != shape)
      return op->emitError() << "expected operands of one shape, but found a mask of another; give arrays whose sizes "
                                "agree";
    return success();
  }

private:
  Operation *op;
  SmallVector<int64_t> table;
  Tensors indices;
  Tensor mask;
  SmallVector<unsigned> widths;
};
} // namespace

static LogicalResult gather(GatherOp op, Activation &activation) {
  const Tensor &table = activation.get(op.getTable());
  const Lookup lookup(op, table.getShape(), op.getIndices(), op.getMask(), activation);
  // A table of rank 0 has no indices.
  const SmallVector<int64_t> shape(op.getIndices().empty() ? op.getType().getShape()
                                                           : activation.get(op.getIndices().front()).getShape());
  FailureOr<Tensor> result = activation.create(op, op.getType(), shape);
  if (failed(result) || failed(lookup.checkShapes(shape)))
    return failure();
  for (int64_t element = 0, count = result->size(); element < count; ++element) {
    if (!lookup.isLive(element)) {
      if (result->isReal())
        mpfr_set_zero(result->editReals()[element].get(), 1);
      continue;
    }
    FailureOr<int64_t> place = lookup.find(element);
    if (failed(place))
      return failure();
    if (result->isReal())
      result->editReals()[element] = table.reals()[*place];
    else
      result->editIntegers()[element] = table.integers()[*place];
  }
  activation.set(op.getResult(), std::move(*result));
  return success();
}

static LogicalResult scatterAdd(ScatterAddOp op, Activation &activation) {
  const Tensor &updates = activation.get(op.getUpdates());
  FailureOr<Tensor> result = activation.create(op, op.getType(), activation.shapeOf(op.getType(), op.getSizes()));
  if (failed(result))
    return failure();
  const Lookup lookup(op, result->getShape(), op.getIndices(), op.getMask(), activation);
  if (failed(lookup.checkShapes(updates.getShape())))
    return failure();
  const RoundTo round = activation.rounding(op.getType());
  if (result->isReal())
    for (Real &element : result->editReals())
      mpfr_set_zero(element.get(), 1);
  for (int64_t element = 0, count = updates.size(); element < count; ++element) {
    if (!lookup.isLive(element))
      continue;
    FailureOr<int64_t> place = lookup.find(element);
    if (failed(place))
      return failure();
    if (!result->isReal()) {
      result->editIntegers()[*place] += updates.integers()[element];
      continue;
    }
    mpfr_ptr total = result->editReals()[*place].get();
    mpfr_add(total, total, updates.reals()[element].get(), MPFR_RNDN);
    round(total);
  }
  activation.set(op.getResult(), std::move(*result));
  return success();
}

static LogicalResult pairCast(PairCastOp op, Activation &activation) {
  activation.set(op.getResult(), activation.take(op.getSource(), op));
  return success();
}

/// Around a point, what was there.
static LogicalResult stopGradient(StopGradientOp op, Activation &activation) {
  const Held &held = activation.setting.held;
  if (held.isInRule)
    return op.emitError() << "expected a rule without theria.stop_gradient where it is differentiated again, but found "
                             "one; check lower orders, or without the oracle";
  Tensor value = held.replay ? held.replay->next().results.front() : activation.get(op.getInput());
  held.record({}, value);
  activation.set(op.getResult(), std::move(value));
  return success();
}

static LogicalResult check(CheckOp op, Activation &activation) {
  if (activation.get(op.getCondition()).index())
    return success();
  std::string message = op.getMessage().str();
  for (auto [number, value] : llvm::enumerate(op.getValues())) {
    const std::string placeholder = llvm::formatv("{{{0}}", number);
    const std::string text = std::to_string(activation.index(value));
    for (size_t at = message.find(placeholder); at != std::string::npos; at = message.find(placeholder))
      message.replace(at, placeholder.size(), text);
  }
  return op.emitError() << message;
}

Handler findIndexingHandler(Operation *op) {
  return llvm::TypeSwitch<Operation *, Handler>(op)
      .Case<CoordOp>([](auto) { return handle<CoordOp, coord>; })
      .Case<GatherOp>([](auto) { return handle<GatherOp, gather>; })
      .Case<ScatterAddOp>([](auto) { return handle<ScatterAddOp, scatterAdd>; })
      .Case<PairCastOp>([](auto) { return handle<PairCastOp, pairCast>; })
      .Case<StopGradientOp>([](auto) { return handle<StopGradientOp, stopGradient>; })
      .Case<CheckOp>([](auto) { return handle<CheckOp, check>; })
      .Default(nullptr);
}

} // namespace theria::oracle
