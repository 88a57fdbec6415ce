//===- Differentiation.cpp - helpers of differentiation rules -------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Differentiation.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Affine/Utils.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"

using namespace mlir;

namespace theria {

StringRef stringifyRuleKind(RuleKind kind) {
  switch (kind) {
  case RuleKind::Elementwise:
    return "elementwise";
  case RuleKind::Multilinear:
    return "multilinear";
  case RuleKind::Linear:
    return "linear";
  case RuleKind::Structural:
    return "structural";
  case RuleKind::Composite:
    return "composite";
  case RuleKind::Inactive:
    return "inactive";
  case RuleKind::Custom:
    return "custom";
  case RuleKind::Calculus:
    return "calculus";
  }
  llvm_unreachable("every kind has a name");
}

Value Tangents::materialised(OpBuilder &builder, Value primal) const {
  Value tangent = of(primal);
  return tangent ? tangent : createZero(builder, primal.getLoc(), primal);
}

bool isDifferentiable(Type type) {
  return isa<FloatType>(type) || (isa<RankedTensorType>(type) && isa<FloatType>(getElementTypeOrSelf(type)));
}

Value createDim(OpBuilder &builder, Location loc, Value tensor, int64_t dim) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (type.isDynamicDim(dim))
    return tensor::DimOp::create(builder, loc, tensor, dim);
  return arith::ConstantIndexOp::create(builder, loc, type.getDimSize(dim));
}

/// The value, where it is an affine map of others, in arithmetic.
static Value expandAffine(OpBuilder &builder, Value value) {
  auto apply = value.getDefiningOp<affine::AffineApplyOp>();
  if (!apply)
    return value;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPoint(apply);
  auto operands =
      llvm::map_to_vector(apply.getOperands(), [&](Value operand) { return expandAffine(builder, operand); });
  return affine::expandAffineMap(builder, apply.getLoc(), apply.getAffineMap(), operands)->front();
}

Value reifyDim(OpBuilder &builder, OpResult result, int64_t dim) {
  ReifiedRankedShapedTypeDims sizes;
  OpBuilder::InsertionGuard guard(builder);
  if (!isa<ReifyRankedShapedTypeOpInterface>(result.getOwner()) ||
      failed(reifyResultShapes(builder, result.getOwner(), sizes)))
    return Value();
  // Operations of tensors give their sizes as affine maps, which are no part of the language.
  OpFoldResult size = sizes[result.getResultNumber()][dim];
  return expandAffine(builder, getValueOrCreateConstantIndexOp(builder, result.getLoc(), size));
}

Value createConstant(OpBuilder &builder, Location loc, double constant, Type type, Value shapeOf) {
  auto scalar = builder.getFloatAttr(getElementTypeOrSelf(type), constant);
  auto tensorType = dyn_cast<RankedTensorType>(type);
  if (!tensorType)
    return arith::ConstantOp::create(builder, loc, scalar);
  if (tensorType.hasStaticShape())
    return arith::ConstantOp::create(builder, loc, DenseElementsAttr::get(tensorType, scalar));
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < tensorType.getRank(); ++dim)
    if (tensorType.isDynamicDim(dim))
      sizes.push_back(createDim(builder, loc, shapeOf, dim));
  Value element = arith::ConstantOp::create(builder, loc, scalar);
  return tensor::SplatOp::create(builder, loc, tensorType, element, sizes);
}

Value createZero(OpBuilder &builder, Location loc, Value like) {
  return createConstant(builder, loc, 0.0, like.getType(), like);
}

LogicalResult lineariseLinear(Operation *op, OpBuilder &builder, Tangents &tangents) {
  IRMapping mapping;
  for (Value operand : op->getOperands())
    if (isDifferentiable(operand.getType()))
      mapping.map(operand, tangents.materialised(builder, operand));
  Operation *tangent = builder.clone(*op, mapping);
  for (auto [primal, result] : llvm::zip_equal(op->getResults(), tangent->getResults()))
    if (isDifferentiable(primal.getType()))
      tangents.set(primal, result);
  return success();
}

} // namespace theria
