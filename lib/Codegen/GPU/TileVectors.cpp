//===- TileVectors.cpp - operations on tiles as vectors -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/TileVectors.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <array>

using namespace mlir;

namespace theria::gpu {

static VectorType typeOf(Value vector) { return cast<VectorType>(vector.getType()); }

Value VectorBuilder::constant(VectorType type, Attribute element) {
  return arith::ConstantOp::create(builder, loc, DenseElementsAttr::get(type, element));
}

Value VectorBuilder::splat(VectorType type, double number) {
  Type element = type.getElementType();
  return constant(type, isa<FloatType>(element) ? Attribute(builder.getFloatAttr(element, number))
                                                : builder.getIntegerAttr(element, int64_t(number)));
}

Value VectorBuilder::spread(VectorType type, Value scalar) {
  return vector::BroadcastOp::create(builder, loc, type, scalar);
}

Value VectorBuilder::stretch(Value vector, ArrayRef<int64_t> shape) {
  VectorType type = typeOf(vector);
  return type.getShape() == shape
             ? vector
             : vector::BroadcastOp::create(builder, loc, VectorType::get(shape, type.getElementType()), vector);
}

Value VectorBuilder::transpose(Value vector) {
  return vector::TransposeOp::create(builder, loc, vector, ArrayRef<int64_t>{1, 0});
}

Value VectorBuilder::multiply(Value a, Value b) {
  SmallVector<int64_t> shape;
  for (auto [left, right] : llvm::zip(typeOf(a).getShape(), typeOf(b).getShape()))
    shape.push_back(std::max(left, right));
  a = stretch(a, shape);
  b = stretch(b, shape);
  return isa<FloatType>(typeOf(a).getElementType()) ? Value(arith::MulFOp::create(builder, loc, a, b))
                                                    : arith::MulIOp::create(builder, loc, a, b);
}

Value VectorBuilder::select(Value mask, Value a, Value b) {
  return arith::SelectOp::create(builder, loc, stretch(mask, typeOf(a).getShape()), a, b);
}

Value VectorBuilder::coordinates(int64_t size, unsigned dim) {
  Type index = builder.getIndexType();
  Value line = vector::StepOp::create(builder, loc, VectorType::get({size}, index));
  return vector::ShapeCastOp::create(
      builder, loc, VectorType::get(dim ? ArrayRef<int64_t>{1, size} : ArrayRef<int64_t>{size, 1}, index), line);
}

Value VectorBuilder::isBelow(int64_t size, unsigned dim, int64_t end) {
  Value position = coordinates(size, dim);
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, position, splat(typeOf(position), double(end)));
}

Value VectorBuilder::reduce(vector::CombiningKind kind, Value vector, bool alongRows, bool alongColumns) {
  VectorType type = typeOf(vector);
  SmallVector<int64_t> shape(type.getShape()), dims, left;
  for (auto [dim, reduced] : llvm::enumerate(std::array{alongRows, alongColumns})) {
    if (!reduced) {
      left.push_back(shape[dim]);
      continue;
    }
    dims.push_back(dim);
    shape[dim] = 1;
  }
  bool isMax = kind == vector::CombiningKind::MAXIMUMF;
  VectorType whole = VectorType::get(shape, type.getElementType()),
             reduced = VectorType::get(left, type.getElementType());
  double start = isMax ? -std::numeric_limits<double>::infinity() : 0;
  if (left.empty()) {
    Value scalar = arith::ConstantOp::create(builder, loc, builder.getFloatAttr(type.getElementType(), start));
    return spread(whole, vector::MultiDimReductionOp::create(builder, loc, kind, vector, scalar, dims));
  }
  Value sum = vector::MultiDimReductionOp::create(builder, loc, kind, vector, splat(reduced, start), dims);
  return vector::ShapeCastOp::create(builder, loc, whole, sum);
}

} // namespace theria::gpu
