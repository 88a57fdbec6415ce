//===- Folds.cpp - constants that canonical folds look for ----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Folds.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace theria {

TypedAttr getUniformConstant(Value value) {
  if (auto splat = value.getDefiningOp<tensor::SplatOp>())
    value = splat.getInput();
  Attribute constant;
  if (!matchPattern(value, m_Constant(&constant)))
    return {};
  if (auto elements = dyn_cast<DenseElementsAttr>(constant))
    return elements.isSplat() && elements.getNumElements() > 0 ? elements.getSplatValue<TypedAttr>() : TypedAttr();
  return isa<IntegerAttr, FloatAttr>(constant) ? cast<TypedAttr>(constant) : TypedAttr();
}

bool isUniformly(Value value, int64_t integer) {
  auto constant = dyn_cast_or_null<IntegerAttr>(getUniformConstant(value));
  return constant && constant.getValue() == APInt(constant.getValue().getBitWidth(), integer, /*isSigned=*/true,
                                                  /*implicitTrunc=*/true);
}

bool isUniformlyZero(Value value) {
  // No element is anything else in a tensor that has none.
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (type && type.hasStaticShape() && type.getNumElements() == 0)
    return true;
  if (auto constant = dyn_cast_or_null<FloatAttr>(getUniformConstant(value)))
    return constant.getValue().isZero();
  return isUniformly(value, 0);
}

OpFoldResult foldToUniform(RankedTensorType type, Attribute element) {
  return type.hasStaticShape() ? OpFoldResult(DenseElementsAttr::get(type, element)) : OpFoldResult();
}

} // namespace theria
