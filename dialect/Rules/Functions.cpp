//===- Functions.cpp - functions of integer operands ----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Rules/Functions.h"

#include "dialect/Differentiation.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace theria::rules {

Expr toFloat(Expr integer) {
  auto emit = [](OpBuilder &builder, Location loc, Type type, ValueRange arguments) -> Value {
    Value value = arguments[0];
    if (isa<IndexType>(getElementTypeOrSelf(value))) {
      Type wide = builder.getI64Type();
      if (auto tensor = dyn_cast<RankedTensorType>(value.getType()))
        wide = tensor.clone(wide);
      value = arith::IndexCastOp::create(builder, loc, wide, value);
    }
    return arith::SIToFPOp::create(builder, loc, type, value);
  };
  return Expr::call("float", emit, {integer});
}

/// An integer constant of the type and the shape of `like`.
static Value createInteger(OpBuilder &builder, Location loc, int64_t value, Value like) {
  auto type = dyn_cast<RankedTensorType>(like.getType());
  Value element = arith::ConstantOp::create(builder, loc, builder.getIntegerAttr(getElementTypeOrSelf(like), value));
  if (!type)
    return element;
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      sizes.push_back(createDim(builder, loc, like, dim));
  return tensor::SplatOp::create(builder, loc, type, element, sizes);
}

Expr predecessor(Expr integer) {
  auto emit = [](OpBuilder &builder, Location loc, Type, ValueRange arguments) -> Value {
    Value n = arguments[0];
    Value zero = createInteger(builder, loc, 0, n);
    Value isZero = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, n, zero);
    Value less = arith::SubIOp::create(builder, loc, n, createInteger(builder, loc, 1, n));
    return arith::SelectOp::create(builder, loc, isZero, n, less);
  };
  return Expr::call("pred", emit, {integer});
}

} // namespace theria::rules
