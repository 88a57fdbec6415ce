//===- LowerIndexing.cpp - coord, gather and scatter_add ------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "dialect/Theria.h"
#include "lib/Reference/Checks.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_LOWERINDEXING
#include "lib/Reference/Passes.h.inc"

namespace {

struct LowerIndexing : impl::LowerIndexingBase<LowerIndexing> {
  void runOnOperation() override;
};

} // namespace

/// One linalg.generic, element by element, into a tensor of type and sizes.
static Value buildElementwise(OpBuilder &builder, Location loc, RankedTensorType type, ArrayRef<OpFoldResult> sizes,
                              ValueRange inputs, function_ref<Value(OpBuilder &, ValueRange)> body) {
  Value out = tensor::EmptyOp::create(builder, loc, sizes, type.getElementType());
  SmallVector<AffineMap> maps(inputs.size() + 1, builder.getMultiDimIdentityMap(type.getRank()));
  SmallVector<utils::IteratorType> iterators(type.getRank(), utils::IteratorType::parallel);
  Value result = linalg::GenericOp::create(builder, loc, out.getType(), inputs, out, maps, iterators,
                                           [&](OpBuilder &inner, Location loc, ValueRange values) {
                                             linalg::YieldOp::create(inner, loc, body(inner, values));
                                           })
                     .getResult(0);
  if (result.getType() != type)
    result = tensor::CastOp::create(builder, loc, type, result);
  return result;
}

static Value zero(OpBuilder &builder, Location loc, Type element) {
  return arith::ConstantOp::create(builder, loc, builder.getZeroAttr(element));
}

static Value lower(CoordOp op, OpBuilder &builder) {
  Location loc = op.getLoc();
  RankedTensorType type = op.getType();
  return buildElementwise(builder, loc, type, getMixedValues(type.getShape(), op.getSizes(), builder), {},
                          [&](OpBuilder &inner, ValueRange) -> Value {
                            Value position = linalg::IndexOp::create(inner, loc, op.getDim());
                            if (op.getOffset())
                              position = arith::AddIOp::create(inner, loc, position, op.getOffset());
                            if (type.getElementType().isIndex())
                              return position;
                            return arith::IndexCastOp::create(inner, loc, type.getElementType(), position);
                          });
}

/// Where the table is read or written for one element, each index checked
/// unless the element is masked.
static SmallVector<Value> findPosition(OpBuilder &builder, Location loc, Value table, ValueRange indices, Value live) {
  CheckBuilder checks(builder, loc);
  SmallVector<Value> position;
  for (auto [dim, index] : llvm::enumerate(indices)) {
    position.push_back(checks.asIndex(index));
    checks.requireInBounds(position.back(), checks.size(table, dim), "dim " + Twine(dim) + " of the table",
                           live ? checks.negate(live) : Value());
  }
  return position;
}

static Value lower(GatherOp op, OpBuilder &builder) {
  Location loc = op.getLoc();
  RankedTensorType type = op.getType();
  SmallVector<Value> inputs(op.getIndices());
  if (op.getMask())
    inputs.push_back(op.getMask());
  SmallVector<OpFoldResult> sizes = inputs.empty() ? getAsIndexOpFoldResult(op.getContext(), type.getShape())
                                                   : tensor::getMixedSizes(builder, loc, inputs.front());
  return buildElementwise(builder, loc, type, sizes, inputs, [&](OpBuilder &inner, ValueRange values) -> Value {
    ValueRange indices = values.take_front(op.getIndices().size());
    Value live = op.getMask() ? values[indices.size()] : Value();
    SmallVector<Value> position = findPosition(inner, loc, op.getTable(), indices, live);
    auto read = [&](OpBuilder &at) -> Value { return tensor::ExtractOp::create(at, loc, op.getTable(), position); };
    if (!live)
      return read(inner);
    return scf::IfOp::create(
               inner, loc, live, [&](OpBuilder &then, Location) { scf::YieldOp::create(then, loc, read(then)); },
               [&](OpBuilder &otherwise, Location) {
                 scf::YieldOp::create(otherwise, loc, zero(otherwise, loc, type.getElementType()));
               })
        .getResult(0);
  });
}

/// The table with one element more added to it.
static Value addElement(ScatterAddOp op, OpBuilder &builder, Value table, ValueRange point) {
  Location loc = op.getLoc();
  auto at = [&](Value tensor) -> Value { return tensor::ExtractOp::create(builder, loc, tensor, point); };
  SmallVector<Value> indices = llvm::map_to_vector(op.getIndices(), at);
  Value live = op.getMask() ? at(op.getMask()) : Value();
  SmallVector<Value> position = findPosition(builder, loc, table, indices, live);
  auto add = [&](OpBuilder &builder) -> Value {
    Value update = tensor::ExtractOp::create(builder, loc, op.getUpdates(), point);
    Value before = tensor::ExtractOp::create(builder, loc, table, position);
    Value after;
    if (isa<FloatType>(before.getType())) {
      if (update.getType() != before.getType())
        update = arith::ExtFOp::create(builder, loc, before.getType(), update);
      after = arith::AddFOp::create(builder, loc, before, update);
    } else {
      after = arith::AddIOp::create(builder, loc, before, update);
    }
    return tensor::InsertOp::create(builder, loc, after, table, position);
  };
  if (!live)
    return add(builder);
  return scf::IfOp::create(
             builder, loc, live, [&](OpBuilder &then, Location) { scf::YieldOp::create(then, loc, add(then)); },
             [&](OpBuilder &otherwise, Location) { scf::YieldOp::create(otherwise, loc, table); })
      .getResult(0);
}

/// A loop nest over the updates, in their order. bf16 and f16 add in f32.
static Value lower(ScatterAddOp op, OpBuilder &builder) {
  Location loc = op.getLoc();
  RankedTensorType type = op.getType();
  Type element = type.getElementType();
  if (isa<BFloat16Type, Float16Type>(element))
    element = builder.getF32Type();
  Value empty = tensor::EmptyOp::create(builder, loc, getMixedValues(type.getShape(), op.getSizes(), builder), element);
  Value table = linalg::FillOp::create(builder, loc, zero(builder, loc, element), empty).getResult(0);
  int64_t rank = cast<RankedTensorType>(op.getUpdates().getType()).getRank();
  CheckBuilder constants(builder, loc);
  SmallVector<Value> lower(rank, constants.index(0)), step(rank, constants.index(1)), upper;
  for (int64_t dim = 0; dim < rank; ++dim)
    upper.push_back(createDim(builder, loc, op.getUpdates(), dim));
  scf::LoopNest nest = scf::buildLoopNest(builder, loc, lower, upper, step, table,
                                          [&](OpBuilder &inner, Location, ValueRange point, ValueRange carried) {
                                            return scf::ValueVector{addElement(op, inner, carried[0], point)};
                                          });
  Value result = nest.results.front();
  if (element != type.getElementType())
    result = arith::TruncFOp::create(builder, loc, type, result);
  return result;
}

void LowerIndexing::runOnOperation() {
  getOperation().walk([](Operation *op) {
    OpBuilder builder(op);
    Value result;
    if (auto coord = dyn_cast<CoordOp>(op))
      result = lower(coord, builder);
    else if (auto gather = dyn_cast<GatherOp>(op))
      result = lower(gather, builder);
    else if (auto scatter = dyn_cast<ScatterAddOp>(op))
      result = lower(scatter, builder);
    else
      return;
    op->getResult(0).replaceAllUsesWith(result);
    op->erase();
  });
}

} // namespace theria::reference
