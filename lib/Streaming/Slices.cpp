//===- Slices.cpp - blocks of tensors at the size of a tile ---------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Slices.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace theria::streaming {

Value IndexBuilder::value(OpFoldResult index) { return getValueOrCreateConstantIndexOp(builder, loc, index); }

/// Applies `fold` where both are constant, `make` elsewhere.
template <typename Op, typename Fold>
static OpFoldResult combine(OpBuilder &builder, Location loc, IndexBuilder &index, OpFoldResult a, OpFoldResult b,
                            Fold fold) {
  auto left = getConstantIntValue(a), right = getConstantIntValue(b);
  if (left && right)
    return builder.getIndexAttr(fold(*left, *right));
  return Op::create(builder, loc, index.value(a), index.value(b)).getResult();
}

OpFoldResult IndexBuilder::add(OpFoldResult a, OpFoldResult b) {
  if (isConstantIntValue(b, 0))
    return a;
  return combine<arith::AddIOp>(builder, loc, *this, a, b, std::plus<int64_t>());
}
OpFoldResult IndexBuilder::subtract(OpFoldResult a, OpFoldResult b) {
  return combine<arith::SubIOp>(builder, loc, *this, a, b, std::minus<int64_t>());
}
OpFoldResult IndexBuilder::multiply(OpFoldResult a, OpFoldResult b) {
  return combine<arith::MulIOp>(builder, loc, *this, a, b, std::multiplies<int64_t>());
}
OpFoldResult IndexBuilder::minimum(OpFoldResult a, OpFoldResult b) {
  return combine<arith::MinSIOp>(builder, loc, *this, a, b,
                                 [](int64_t left, int64_t right) { return std::min(left, right); });
}
OpFoldResult IndexBuilder::ceilDivide(OpFoldResult a, int64_t b) {
  return combine<arith::CeilDivSIOp>(builder, loc, *this, a, constant(b),
                                     [](int64_t left, int64_t right) { return llvm::divideCeil(left, right); });
}
OpFoldResult IndexBuilder::size(Value tensor, int64_t dim) { return tensor::getMixedSize(builder, loc, tensor, dim); }

void IndexBuilder::appendWhole(Value tensor, SmallVectorImpl<Extent> &extents) {
  for (int64_t dim = extents.size(); dim < cast<RankedTensorType>(tensor.getType()).getRank(); ++dim)
    extents.push_back(whole(size(tensor, dim)));
}

namespace {
/// The operands of tensor.extract_slice and tensor.insert_slice.
struct SliceOperands {
  SliceOperands(OpBuilder &builder, ArrayRef<Extent> extents) : strides(extents.size(), builder.getIndexAttr(1)) {
    for (const Extent &extent : extents) {
      offsets.push_back(extent.offset);
      sizes.push_back(extent.dropped ? OpFoldResult(builder.getIndexAttr(1)) : extent.valid);
    }
  }
  SmallVector<OpFoldResult> offsets, sizes, strides;
};
} // namespace

static SmallVector<OpFoldResult> kept(ArrayRef<Extent> extents, OpFoldResult Extent::*member) {
  SmallVector<OpFoldResult> values;
  for (const Extent &extent : extents)
    if (!extent.dropped)
      values.push_back(extent.*member);
  return values;
}

static RankedTensorType tensorType(ArrayRef<OpFoldResult> sizes, Type element) {
  SmallVector<int64_t> shape;
  SmallVector<Value> dynamic;
  dispatchIndexOpFoldResults(sizes, dynamic, shape);
  return RankedTensorType::get(shape, element);
}

Value extract(OpBuilder &builder, Location loc, Value tensor, ArrayRef<Extent> extents) {
  SliceOperands slice(builder, extents);
  Type element = getElementTypeOrSelf(tensor.getType());
  SmallVector<OpFoldResult> valid = kept(extents, &Extent::valid), sizes = kept(extents, &Extent::size);
  RankedTensorType type = tensorType(valid, element);
  Value tile = tensor::ExtractSliceOp::create(builder, loc, type, tensor, slice.offsets, slice.sizes, slice.strides);
  if (valid == sizes)
    return tile;
  IndexBuilder index(builder, loc);
  SmallVector<OpFoldResult> low(valid.size(), builder.getIndexAttr(0)), high;
  for (auto [have, want] : llvm::zip(valid, sizes))
    high.push_back(have == want ? OpFoldResult(builder.getIndexAttr(0)) : index.subtract(want, have));
  Value zero = arith::ConstantOp::create(builder, loc, builder.getZeroAttr(element));
  return tensor::PadOp::create(builder, loc, tensorType(sizes, element), tile, low, high, zero);
}

Value validPart(OpBuilder &builder, Location loc, Value tile, ArrayRef<Extent> extents) {
  SmallVector<OpFoldResult> valid = kept(extents, &Extent::valid);
  if (valid == kept(extents, &Extent::size))
    return tile;
  SmallVector<OpFoldResult> zero(valid.size(), builder.getIndexAttr(0)), one(valid.size(), builder.getIndexAttr(1));
  return tensor::ExtractSliceOp::create(builder, loc, tile, zero, valid, one);
}

Value insert(OpBuilder &builder, Location loc, Value tile, Value into, ArrayRef<Extent> extents) {
  SliceOperands slice(builder, extents);
  return tensor::InsertSliceOp::create(builder, loc, validPart(builder, loc, tile, extents), into, slice.offsets,
                                       slice.sizes, slice.strides);
}

void insertInParallel(OpBuilder &builder, Location loc, Value tile, Value into, ArrayRef<Extent> extents) {
  SliceOperands slice(builder, extents);
  tensor::ParallelInsertSliceOp::create(builder, loc, tile, into, slice.offsets, slice.sizes, slice.strides);
}

Value allocate(OpBuilder &builder, Location loc, ArrayRef<OpFoldResult> sizes, Type element) {
  SmallVector<int64_t> shape;
  SmallVector<Value> dynamic;
  dispatchIndexOpFoldResults(sizes, dynamic, shape);
  return bufferization::AllocTensorOp::create(builder, loc, RankedTensorType::get(shape, element), dynamic);
}

Value splat(OpBuilder &builder, Location loc, ArrayRef<OpFoldResult> sizes, Type element, double number) {
  TypedAttr value = isa<FloatType>(element) ? TypedAttr(builder.getFloatAttr(element, number))
                                            : builder.getIntegerAttr(element, int64_t(number));
  RankedTensorType type = tensorType(sizes, element);
  if (type.hasStaticShape())
    return arith::ConstantOp::create(builder, loc, DenseElementsAttr::get(type, value));
  SmallVector<int64_t> shape;
  SmallVector<Value> dynamic;
  dispatchIndexOpFoldResults(sizes, dynamic, shape);
  return tensor::SplatOp::create(builder, loc, arith::ConstantOp::create(builder, loc, value), shape, dynamic);
}

} // namespace theria::streaming
