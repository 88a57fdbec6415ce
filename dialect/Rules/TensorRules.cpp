//===- TensorRules.cpp - the rules of the tensor dialect ------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Rules/RuleTable.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using namespace mlir::tensor;

namespace theria::rules {

static SmallVector<OpFoldResult> sizesOf(OpBuilder &builder, Value tensor) {
  auto type = cast<RankedTensorType>(tensor.getType());
  SmallVector<OpFoldResult> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    sizes.push_back(getAsOpFoldResult(createDim(builder, tensor.getLoc(), tensor, dim)));
  return sizes;
}

static SmallVector<OpFoldResult> repeated(OpBuilder &builder, int64_t value, size_t count) {
  return SmallVector<OpFoldResult>(count, builder.getIndexAttr(value));
}

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

static void transposeExtract(ExtractOp op, OpBuilder &builder, Cotangents &cotangents) {
  Value zero = createZero(builder, op.getLoc(), op.getTensor());
  cotangents.add(builder, op.getTensor(),
                 InsertOp::create(builder, op.getLoc(), cotangents.of(op.getResult()), zero, op.getIndices()));
}

static void transposeInsert(InsertOp op, OpBuilder &builder, Cotangents &cotangents) {
  Location loc = op.getLoc();
  Value cotangent = cotangents.of(op.getResult());
  if (cotangents.isLinear(op.getScalar()))
    cotangents.add(builder, op.getScalar(), ExtractOp::create(builder, loc, cotangent, op.getIndices()));
  if (!cotangents.isLinear(op.getDest()))
    return;
  Value zero = createConstant(builder, loc, 0, op.getScalar().getType(), {});
  cotangents.add(builder, op.getDest(), InsertOp::create(builder, loc, zero, cotangent, op.getIndices()));
}

static void transposeFromElements(FromElementsOp op, OpBuilder &builder, Cotangents &cotangents) {
  Location loc = op.getLoc();
  ArrayRef<int64_t> shape = op.getType().getShape();
  for (auto [number, element] : llvm::enumerate(op.getElements())) {
    if (!cotangents.isLinear(element))
      continue;
    SmallVector<Value> indices(shape.size());
    int64_t rest = number;
    for (int64_t dim = shape.size() - 1; dim >= 0; rest /= shape[dim--])
      indices[dim] = arith::ConstantIndexOp::create(builder, loc, rest % shape[dim]);
    cotangents.add(builder, element, ExtractOp::create(builder, loc, cotangents.of(op.getResult()), indices));
  }
}

static void transposeSplat(SplatOp op, OpBuilder &builder, Cotangents &cotangents) {
  Equation equation;
  equation.inputs.emplace_back();
  for (int64_t dim = 0; dim < op.getType().getRank(); ++dim)
    equation.inputs.front() += equation.freshLabel();
  auto scalar = RankedTensorType::get({}, op.getType().getElementType());
  Value sum = EinsumOp::create(builder, op.getLoc(), scalar, equation, cotangents.of(op.getResult()), Value(),
                               [](char) { return Value(); });
  cotangents.add(builder, op.getInput(), ExtractOp::create(builder, op.getLoc(), sum, ValueRange()));
}

//===----------------------------------------------------------------------===//
// Slices
//===----------------------------------------------------------------------===//

static void transposeExtractSlice(ExtractSliceOp op, OpBuilder &builder, Cotangents &cotangents) {
  Value zero = createZero(builder, op.getLoc(), op.getSource());
  cotangents.add(builder, op.getSource(),
                 InsertSliceOp::create(builder, op.getLoc(), cotangents.of(op.getResult()), zero, op.getMixedOffsets(),
                                       op.getMixedSizes(), op.getMixedStrides()));
}

static void transposeInsertSlice(InsertSliceOp op, OpBuilder &builder, Cotangents &cotangents) {
  Value cotangent = cotangents.of(op.getResult());
  SmallVector<OpFoldResult> offsets = op.getMixedOffsets(), sizes = op.getMixedSizes(), strides = op.getMixedStrides();
  if (cotangents.isLinear(op.getSource()))
    cotangents.add(
        builder, op.getSource(),
        ExtractSliceOp::create(builder, op.getLoc(), op.getSourceType(), cotangent, offsets, sizes, strides));
  if (!cotangents.isLinear(op.getDest()))
    return;
  Value zero = createZero(builder, op.getLoc(), op.getSource());
  cotangents.add(builder, op.getDest(),
                 InsertSliceOp::create(builder, op.getLoc(), zero, cotangent, offsets, sizes, strides));
}

static void transposeConcat(ConcatOp op, OpBuilder &builder, Cotangents &cotangents) {
  Location loc = op.getLoc();
  int64_t rank = op.getResultType().getRank(), dim = op.getDim();
  Value offset = arith::ConstantIndexOp::create(builder, loc, 0);
  for (Value input : op.getInputs()) {
    // A part that is known to be empty has no cotangent, and the slice of one at the end would start outside.
    if (cotangents.isLinear(input) && cast<RankedTensorType>(input.getType()).getDimSize(dim) != 0) {
      SmallVector<OpFoldResult> offsets = repeated(builder, 0, rank);
      offsets[dim] = getAsOpFoldResult(offset);
      cotangents.add(builder, input,
                     ExtractSliceOp::create(builder, loc, cast<RankedTensorType>(input.getType()),
                                            cotangents.of(op.getResult()), offsets, sizesOf(builder, input),
                                            repeated(builder, 1, rank)));
    }
    offset = builder.createOrFold<arith::AddIOp>(loc, offset, createDim(builder, loc, input, dim));
  }
}

//===----------------------------------------------------------------------===//
// Padding
//===----------------------------------------------------------------------===//

/// The value around the source where it comes from outside; null where the
/// region computes it from its coordinates.
static Value getPadding(PadOp op) {
  Value padding = cast<tensor::YieldOp>(op.getRegion().front().getTerminator()).getValue();
  return op.getRegion().isAncestor(padding.getParentRegion()) ? Value() : padding;
}

static LogicalResult linearisePad(PadOp op, OpBuilder &builder, Tangents &tangents) {
  Location loc = op.getLoc();
  Value source = tangents.of(op.getSource()), padding = getPadding(op);
  Value around = padding ? tangents.of(padding) : Value();
  if (!padding) {
    llvm::SetVector<Value> captured;
    getUsedValuesDefinedAbove(op.getRegion(), captured);
    if (llvm::any_of(captured, [&](Value value) { return tangents.of(value); }))
      return failure();
  }
  if (!source && !around)
    return success();
  if (!around) {
    Type element = op.getResultType().getElementType();
    tangents.set(op.getResult(),
                 PadOp::create(builder, loc, op.getResultType(), source, op.getMixedLowPad(), op.getMixedHighPad(),
                               createConstant(builder, loc, 0, element, {}), op.getNofold()));
    return success();
  }
  SmallVector<Value> dynamicSizes;
  for (int64_t dim = 0; dim < op.getResultType().getRank(); ++dim)
    if (op.getResultType().isDynamicDim(dim))
      dynamicSizes.push_back(createDim(builder, loc, op.getResult(), dim));
  Value splat = SplatOp::create(builder, loc, op.getResultType(), around, dynamicSizes);
  tangents.set(op.getResult(), InsertSliceOp::create(builder, loc, tangents.materialised(builder, op.getSource()),
                                                     splat, op.getMixedLowPad(), sizesOf(builder, op.getSource()),
                                                     repeated(builder, 1, op.getResultType().getRank())));
  return success();
}

static void transposePad(PadOp op, OpBuilder &builder, Cotangents &cotangents) {
  cotangents.add(builder, op.getSource(),
                 ExtractSliceOp::create(builder, op.getLoc(), op.getSourceType(), cotangents.of(op.getResult()),
                                        op.getMixedLowPad(), sizesOf(builder, op.getSource()),
                                        repeated(builder, 1, op.getSourceType().getRank())));
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

static void transposeCast(CastOp op, OpBuilder &builder, Cotangents &cotangents) {
  cotangents.add(builder, op.getSource(),
                 CastOp::create(builder, op.getLoc(), op.getSource().getType(), cotangents.of(op.getResult())));
}

static void transposeExpand(ExpandShapeOp op, OpBuilder &builder, Cotangents &cotangents) {
  cotangents.add(builder, op.getSrc(),
                 CollapseShapeOp::create(builder, op.getLoc(), op.getSrcType(), cotangents.of(op.getResult()),
                                         op.getReassociationIndices()));
}

static void transposeCollapse(CollapseShapeOp op, OpBuilder &builder, Cotangents &cotangents) {
  cotangents.add(builder, op.getSrc(),
                 ExpandShapeOp::create(builder, op.getLoc(), op.getSrcType(), cotangents.of(op.getResult()),
                                       op.getReassociationIndices(), sizesOf(builder, op.getSrc())));
}

static void transposeReshape(ReshapeOp op, OpBuilder &builder, Cotangents &cotangents) {
  Location loc = op.getLoc();
  auto type = cast<RankedTensorType>(op.getSource().getType());
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    sizes.push_back(createDim(builder, loc, op.getSource(), dim));
  auto shapeType = RankedTensorType::get(sizes.size(), builder.getIndexType());
  Value shape = FromElementsOp::create(builder, loc, shapeType, sizes);
  cotangents.add(builder, op.getSource(), ReshapeOp::create(builder, loc, type, cotangents.of(op.getResult()), shape));
}

void tensorRules(RuleTable &table) {
  table.linear<CastOp, transposeCast>("tensor.cast back");
  table.linear<CollapseShapeOp, transposeCollapse>("tensor.expand_shape");
  table.linear<ConcatOp, transposeConcat>("tensor.extract_slice of each part");
  table.linear<ExpandShapeOp, transposeExpand>("tensor.collapse_shape");
  table.linear<ExtractOp, transposeExtract>("tensor.insert into zeros");
  table.linear<ExtractSliceOp, transposeExtractSlice>("tensor.insert_slice into zeros");
  table.linear<FromElementsOp, transposeFromElements>("tensor.extract of each element");
  table.linear<InsertOp, transposeInsert>("tensor.extract of the element, zero inserted in its place");
  table.linear<InsertSliceOp, transposeInsertSlice>("tensor.extract_slice of the part, zeros inserted in its place");
  table.linear<PadOp, transposePad, linearisePad>("tensor.extract_slice of the source");
  table.linear<ReshapeOp, transposeReshape>("tensor.reshape back");
  table.linear<SplatOp, transposeSplat>("theria.einsum, the sum of all");
  // Shapes have no derivative, and tensor.empty has no value.
  table.inactive<DimOp, EmptyOp, RankOp>();
}

} // namespace theria::rules
