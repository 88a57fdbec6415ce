//===- LowerReductions.cpp - logsumexp and reduce_max ---------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "dialect/Theria.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_LOWERREDUCTIONS
#include "lib/Reference/Passes.h.inc"

namespace {

struct LowerReductions : impl::LowerReductionsBase<LowerReductions> {
  void runOnOperation() override;
};

/// Builds scalar operations on f32 or f64 inside a loop's body.
struct Scalars {
  OpBuilder &builder;
  Location loc;

  template <typename Op, typename... Args> Value make(Args &&...args) {
    return Op::create(builder, loc, std::forward<Args>(args)...);
  }
  Value infinity(Type type, bool isNegative) {
    const llvm::fltSemantics &semantics = cast<FloatType>(type).getFloatSemantics();
    return make<arith::ConstantOp>(FloatAttr::get(type, APFloat::getInf(semantics, isNegative)));
  }
  Value zero(Type type) { return make<arith::ConstantOp>(FloatAttr::get(type, 0)); }
  Value isInfinite(Value value) {
    return make<arith::CmpFOp>(arith::CmpFPredicate::OEQ, make<math::AbsFOp>(value), infinity(value.getType(), false));
  }
};

/// Emits loops over the input of one reduction.
class ReductionLowering {
public:
  /// From an element, the reduction's other input there (null for none) and
  /// the value so far, to the next value.
  using Combine = function_ref<Value(Scalars, Value, Value, Value)>;

  ReductionLowering(OpBuilder &builder, Location loc, Value input, Value mask, int64_t dim);
  /// Reduces the live elements, starting from `start`. `other` is a tensor of
  /// the result's shape, or null.
  Value reduce(Value start, Value other, Combine combine);
  /// A new tensor from `a` and `b`, element by element, of the result's shape.
  Value zip(Value a, Value b, function_ref<Value(Scalars, Value, Value)> body);
  Scalars scalars() { return {builder, loc}; }

  Type element;

private:
  Value init();

  OpBuilder &builder;
  Location loc;
  Value input, mask;
  int64_t dim, rank;
};

} // namespace

ReductionLowering::ReductionLowering(OpBuilder &builder, Location loc, Value input, Value mask, int64_t dim)
    : builder(builder), loc(loc), input(input), mask(mask), dim(dim) {
  auto type = cast<RankedTensorType>(input.getType());
  rank = type.getRank();
  element = type.getElementType();
  if (isa<BFloat16Type, Float16Type>(element)) {
    element = builder.getF32Type();
    this->input = arith::ExtFOp::create(builder, loc, type.clone(element), input);
  }
}

Value ReductionLowering::init() {
  SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(builder, loc, input);
  sizes.erase(sizes.begin() + dim);
  return tensor::EmptyOp::create(builder, loc, sizes, element);
}

Value ReductionLowering::reduce(Value start, Value other, Combine combine) {
  AffineMap whole = builder.getMultiDimIdentityMap(rank);
  AffineMap reduced = whole.dropResult(dim);
  SmallVector<Value> inputs = {input};
  SmallVector<AffineMap> maps = {whole};
  if (mask) {
    inputs.push_back(mask);
    maps.push_back(whole);
  }
  if (other) {
    inputs.push_back(other);
    maps.push_back(reduced);
  }
  maps.push_back(reduced);
  SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
  iterators[dim] = utils::IteratorType::reduction;
  Value out = linalg::FillOp::create(builder, loc, start, init()).getResult(0);
  auto body = [&](OpBuilder &inner, Location loc, ValueRange values) {
    Value before = values.back();
    Value next = combine({inner, loc}, values.front(), other ? values[1 + (mask ? 1 : 0)] : Value(), before);
    if (mask)
      next = arith::SelectOp::create(inner, loc, values[1], next, before);
    linalg::YieldOp::create(inner, loc, next);
  };
  return linalg::GenericOp::create(builder, loc, out.getType(), inputs, out, maps, iterators, body).getResult(0);
}

Value ReductionLowering::zip(Value a, Value b, function_ref<Value(Scalars, Value, Value)> body) {
  Value out = init();
  SmallVector<AffineMap> maps(3, builder.getMultiDimIdentityMap(rank - 1));
  SmallVector<utils::IteratorType> iterators(rank - 1, utils::IteratorType::parallel);
  return linalg::GenericOp::create(builder, loc, out.getType(), ValueRange{a, b}, out, maps, iterators,
                                   [&](OpBuilder &inner, Location loc, ValueRange values) {
                                     linalg::YieldOp::create(inner, loc, body({inner, loc}, values[0], values[1]));
                                   })
      .getResult(0);
}

static Value reduceMax(ReductionLowering &lowering) {
  Value start = lowering.scalars().infinity(lowering.element, true);
  return lowering.reduce(start, {},
                         [](Scalars make, Value x, Value, Value max) { return make.make<arith::MaximumFOp>(max, x); });
}

/// max + log(sum(exp(x - max))); the maximum itself where it is infinite, as
/// inf - inf would be NaN.
static Value logsumexp(ReductionLowering &lowering) {
  Value max = reduceMax(lowering);
  Value start = lowering.scalars().zero(lowering.element);
  Value sum = lowering.reduce(start, max, [](Scalars make, Value x, Value max, Value sum) {
    Value shifted = make.make<arith::SubFOp>(x, max);
    return make.make<arith::AddFOp>(sum, make.make<math::ExpOp>(shifted));
  });
  return lowering.zip(max, sum, [](Scalars make, Value max, Value sum) {
    Value finite = make.make<arith::AddFOp>(max, make.make<math::LogOp>(sum));
    return make.make<arith::SelectOp>(make.isInfinite(max), max, finite);
  });
}

template <typename Op> static void lower(Op op, function_ref<Value(ReductionLowering &)> build) {
  OpBuilder builder(op);
  ReductionLowering lowering(builder, op.getLoc(), op.getInput(), op.getMask(), op.getDim());
  Value result = build(lowering);
  Type type = op.getResult().getType();
  if (lowering.element != getElementTypeOrSelf(type))
    result = arith::TruncFOp::create(builder, op.getLoc(), type, result);
  op.getResult().replaceAllUsesWith(result);
  op.erase();
}

void LowerReductions::runOnOperation() {
  getOperation().walk([](LogsumexpOp op) { lower(op, logsumexp); });
  getOperation().walk([](ReduceMaxOp op) { lower(op, reduceMax); });
}

} // namespace theria::reference
