//===- IndexOps.cpp - coordinates, table look-up, casts -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Theria.h"

#include "dialect/Folds.h"
#include "dialect/TypeSyntax.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria {

/// The shape of a result whose dynamic dimensions are `sizes`.
static SmallVector<OpFoldResult> mixedShape(OpBuilder &builder, RankedTensorType type, ValueRange sizes) {
  return getMixedValues(type.getShape(), sizes, builder);
}

static SmallVector<OpFoldResult> shapeOf(OpBuilder &builder, Location loc, Value tensor) {
  SmallVector<OpFoldResult> sizes;
  for (int64_t dim = 0; dim < cast<RankedTensorType>(tensor.getType()).getRank(); ++dim)
    sizes.push_back(getAsOpFoldResult(createDim(builder, loc, tensor, dim)));
  return sizes;
}

static LogicalResult verifySizes(Operation *op, RankedTensorType type, ValueRange sizes) {
  if (int64_t(sizes.size()) != int64_t(type.getNumDynamicDims()))
    return op->emitOpError() << "expected " << type.getNumDynamicDims() << " sizes for the dynamic dimensions of "
                             << type << ", but found " << sizes.size() << "; list them in sizes(…)";
  return success();
}

//===----------------------------------------------------------------------===//
// coord
//===----------------------------------------------------------------------===//

LogicalResult CoordOp::verify() {
  if (int64_t(getDim()) < 0 || int64_t(getDim()) >= getType().getRank())
    return emitOpError() << "expected 'dim' among the " << getType().getRank() << " dimensions of " << getType()
                         << ", but found " << int64_t(getDim()) << "; count dimensions from 0";
  if (failed(verifyMark(*this, getType())))
    return failure();
  return verifySizes(*this, getType(), getSizes());
}

void CoordOp::getAsmResultNames(OpAsmSetValueNameFn setName) { setName(getResult(), "coord"); }

OpFoldResult CoordOp::fold(FoldAdaptor adaptor) {
  if (getOffset() && isUniformlyZero(getOffset())) {
    getOffsetMutable().clear();
    return getResult();
  }
  auto offset = dyn_cast_or_null<IntegerAttr>(adaptor.getOffset());
  if (getType().getDimSize(getDim()) != 1 || (getOffset() && !offset))
    return {};
  Type element = getType().getElementType();
  unsigned width = isa<IndexType>(element) ? IndexType::kInternalStorageBitWidth : element.getIntOrFloatBitWidth();
  APInt value = offset ? offset.getValue().sextOrTrunc(width) : APInt(width, 0);
  return foldToUniform(getType(), IntegerAttr::get(element, value));
}

LogicalResult CoordOp::reifyResultShapes(OpBuilder &builder, ReifiedRankedShapedTypeDims &shapes) {
  shapes.push_back(mixedShape(builder, getType(), getSizes()));
  return success();
}

//===----------------------------------------------------------------------===//
// gather and scatter_add
//===----------------------------------------------------------------------===//

/// `values` has the shape of the indices, `table` one dimension for each of them.
static LogicalResult verifyLookup(Operation *op, RankedTensorType table, RankedTensorType values, ValueRange indices,
                                  Value mask) {
  if (table.getElementType() != values.getElementType())
    return op->emitOpError() << "expected operand and result of one element type, but found " << table.getElementType()
                             << " and " << values.getElementType() << "; extend or truncate one of them";
  if (int64_t(indices.size()) != table.getRank())
    return op->emitOpError() << "expected one tensor of indices for each of the " << table.getRank()
                             << " dimensions of " << table << ", but found " << indices.size()
                             << "; list one coordinate for each";
  if (table.getEncoding())
    return op->emitOpError() << "expected a dense table, but found " << table
                             << "; a pair tensor is never held in memory, cast it with theria.pair_cast";
  if (failed(verifyMark(op, values)))
    return failure();
  SmallVector<Value> coordinates(indices);
  if (mask)
    coordinates.push_back(mask);
  for (Value coordinate : coordinates) {
    auto type = cast<RankedTensorType>(coordinate.getType());
    if (type.getShape() != values.getShape() || type.getEncoding() != values.getEncoding())
      return op->emitOpError() << "expected indices and mask of the shape and mark of " << values << ", but found "
                               << type << "; broadcast them with theria.einsum";
  }
  return success();
}

LogicalResult GatherOp::verify() {
  if (getIndices().empty() && !getMask() && !getType().hasStaticShape())
    return emitOpError() << "expected a static shape where no indices and no mask give the sizes, but found "
                         << getType() << "; broadcast with theria.einsum";
  return verifyLookup(*this, cast<RankedTensorType>(getTable().getType()), getType(), getIndices(), getMask());
}

OpFoldResult GatherOp::fold(FoldAdaptor) {
  Attribute zero = Builder(getContext()).getZeroAttr(getType().getElementType());
  if (getMask() && !isUniformlyZero(getTable()))
    return foldMask(*this, zero);
  Attribute element = getUniformConstant(getTable());
  return element ? foldToUniform(getType(), element) : OpFoldResult();
}

LogicalResult GatherOp::reifyResultShapes(OpBuilder &builder, ReifiedRankedShapedTypeDims &shapes) {
  // Without either the shape is static.
  Value shaped = getIndices().empty() ? getMask() : getIndices().front();
  shapes.push_back(shaped ? shapeOf(builder, getLoc(), shaped) : mixedShape(builder, getType(), {}));
  return success();
}

LogicalResult GatherOp::transpose(OpBuilder &builder, Cotangents &cotangents) {
  auto type = cast<RankedTensorType>(getTable().getType());
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      sizes.push_back(createDim(builder, getLoc(), getTable(), dim));
  cotangents.add(
      builder, getTable(),
      ScatterAddOp::create(builder, getLoc(), type, cotangents.of(getResult()), getIndices(), getMask(), sizes));
  return success();
}

LogicalResult ScatterAddOp::verify() {
  if (failed(verifySizes(*this, getType(), getSizes())))
    return failure();
  return verifyLookup(*this, getType(), cast<RankedTensorType>(getUpdates().getType()), getIndices(), getMask());
}

OpFoldResult ScatterAddOp::fold(FoldAdaptor) {
  Attribute zero = Builder(getContext()).getZeroAttr(getType().getElementType());
  return isUniformlyZero(getUpdates()) ? foldToUniform(getType(), zero) : foldMask(*this, zero);
}

LogicalResult ScatterAddOp::reifyResultShapes(OpBuilder &builder, ReifiedRankedShapedTypeDims &shapes) {
  shapes.push_back(mixedShape(builder, getType(), getSizes()));
  return success();
}

LogicalResult ScatterAddOp::transpose(OpBuilder &builder, Cotangents &cotangents) {
  cotangents.add(
      builder, getUpdates(),
      GatherOp::create(builder, getLoc(), getUpdates().getType(), cotangents.of(getResult()), getIndices(), getMask()));
  return success();
}

//===----------------------------------------------------------------------===//
// pair_cast
//===----------------------------------------------------------------------===//

LogicalResult PairCastOp::verify() {
  auto source = cast<RankedTensorType>(getSource().getType());
  if (source.dropEncoding() != getType().dropEncoding())
    return emitOpError() << "expected the shape and element type to stay, but found " << source << " and " << getType()
                         << "; only the encoding may differ";
  if (failed(verifyMark(*this, source)) || failed(verifyMark(*this, getType())))
    return failure();
  if (source != getType() && getPair(source) && getPair(getType()))
    return emitOpError() << "expected to add or to remove a mark, but found " << source << " and " << getType()
                         << "; cast to a dense tensor between them";
  return success();
}

OpFoldResult PairCastOp::fold(FoldAdaptor adaptor) {
  if (auto elements = dyn_cast_or_null<DenseElementsAttr>(adaptor.getSource()))
    return elements.reshape(getType());
  if (getSource().getType() == getType())
    return getSource();
  if (auto inner = getSource().getDefiningOp<PairCastOp>(); inner && inner.getSource().getType() == getType())
    return inner.getSource();
  return {};
}

LogicalResult PairCastOp::reifyResultShapes(OpBuilder &builder, ReifiedRankedShapedTypeDims &shapes) {
  shapes.push_back(shapeOf(builder, getLoc(), getSource()));
  return success();
}

LogicalResult PairCastOp::transpose(OpBuilder &builder, Cotangents &cotangents) {
  cotangents.add(builder, getSource(),
                 PairCastOp::create(builder, getLoc(), getSource().getType(), cotangents.of(getResult())));
  return success();
}

//===----------------------------------------------------------------------===//
// stop_gradient and check
//===----------------------------------------------------------------------===//

OpFoldResult StopGradientOp::fold(FoldAdaptor adaptor) {
  if (adaptor.getInput())
    return adaptor.getInput();
  return getInput().getDefiningOp<StopGradientOp>() ? OpFoldResult(getInput()) : OpFoldResult();
}

LogicalResult CheckOp::verify() {
  StringRef rest = getMessage();
  while (rest.consume_front(rest.take_until([](char c) { return c == '{'; })) && rest.consume_front("{")) {
    uint64_t number = 0;
    StringRef digits = rest.take_while(llvm::isDigit);
    if (digits.empty() || !rest.drop_front(digits.size()).starts_with("}"))
      continue;
    if (digits.getAsInteger(10, number) || number >= getValues().size())
      return emitOpError() << "expected a value for '{" << digits << "}' of the message, but found "
                           << getValues().size() << " values; count them from 0";
  }
  return success();
}

LogicalResult CheckOp::canonicalize(CheckOp op, PatternRewriter &rewriter) {
  if (!isUniformly(op.getCondition(), 1))
    return failure();
  rewriter.eraseOp(op);
  return success();
}

} // namespace theria
