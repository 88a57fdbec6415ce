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
  /// The value to start from, which changes no other.
  using Identity = function_ref<Value(Scalars)>;
  /// From an element, and the reduction's other input there (null for none),
  /// to what is combined.
  using Term = function_ref<Value(Scalars, Value, Value)>;
  /// From the value so far and a term to the next value.
  using Combine = function_ref<Value(Scalars, Value, Value)>;

  ReductionLowering(OpBuilder &builder, Location loc, Value input, Value mask, int64_t dim);
  /// Reduces the terms of the live elements. `other` is a tensor of the
  /// result's shape, or null.
  Value reduce(Identity identity, Value other, Term term, Combine combine);
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

Value ReductionLowering::reduce(Identity identity, Value other, Term term, Combine combine) {
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
  Value out = linalg::FillOp::create(builder, loc, identity(scalars()), init()).getResult(0);
  auto body = [&](OpBuilder &inner, Location loc, ValueRange values) {
    Scalars make{inner, loc};
    Value next = term(make, values.front(), other ? values[1 + (mask ? 1 : 0)] : Value());
    // The combination comes last, with or without a mask: that is a reduction which can run in vectors.
    if (mask)
      next = make.make<arith::SelectOp>(values[1], next, identity(make));
    linalg::YieldOp::create(inner, loc, combine(make, values.back(), next));
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
  return lowering.reduce([&](Scalars make) { return make.infinity(lowering.element, true); }, {},
                         [](Scalars, Value x, Value) { return x; },
                         [](Scalars make, Value max, Value x) { return make.make<arith::MaximumFOp>(max, x); });
}

/// max + log(sum(exp(x - max))); the maximum itself where it is infinite, as
/// inf - inf would be NaN.
static Value logsumexp(ReductionLowering &lowering) {
  Value max = reduceMax(lowering);
  Value sum = lowering.reduce(
      [&](Scalars make) { return make.zero(lowering.element); }, max,
      [](Scalars make, Value x, Value max) { return make.make<math::ExpOp>(make.make<arith::SubFOp>(x, max)); },
      [](Scalars make, Value sum, Value term) { return make.make<arith::AddFOp>(sum, term); });
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
