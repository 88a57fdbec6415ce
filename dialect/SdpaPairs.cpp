//===- SdpaPairs.cpp - shapes and pair values of attention ----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/SdpaBuilder.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria {

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//
void SdpaBuilder::checkHeads() {
  Value heads = dim(clauses.query, 1), keyHeads = dim(clauses.key, 1);
  Value product = arith::MulIOp::create(builder, loc, keyHeads, sizeOf('g'));
  Value divides = compare(arith::CmpIPredicate::eq, product, heads);
  CheckOp::create(
      builder, loc, divides,
      "expected the query's heads to be a multiple of the key's, but found {0} and {1}; group the queries so "
      "that each key head serves the same number",
      ValueRange{heads, keyHeads});
}

/// Views query heads as key heads × group, 1 × 1 where the dimension is statically 1.
Value SdpaBuilder::splitHeads(Value tensor, int64_t headDim) {
  if (!grouped)
    return tensor;
  auto type = clauses.type(tensor);
  int64_t heads = type.getDimSize(headDim), keyHeads = clauses.type(clauses.key).getDimSize(1);
  bool isStatic = heads == 1 || (!ShapedType::isDynamic(heads) && !ShapedType::isDynamic(keyHeads));
  if (!isStatic && !ShapedType::isDynamic(heads)) {
    // The factors of a static dimension would have to be static too.
    SmallVector<int64_t> shape(type.getShape());
    shape[headDim] = ShapedType::kDynamic;
    type = RankedTensorType::get(shape, type.getElementType(), type.getEncoding());
    tensor = tensor::CastOp::create(builder, loc, type, tensor);
  }
  SmallVector<int64_t> shape(type.getShape());
  SmallVector<OpFoldResult> sizes;
  SmallVector<ReassociationIndices> reassociation;
  for (int64_t position = 0; position < type.getRank(); ++position) {
    reassociation.push_back({position + (position > headDim)});
    if (position == headDim)
      reassociation.back().push_back(position + 1);
  }
  auto split = [&](int64_t first, int64_t second) {
    shape[headDim] = first;
    shape.insert(shape.begin() + headDim + 1, second);
  };
  if (heads == 1)
    split(1, 1);
  else if (isStatic)
    split(keyHeads, heads / keyHeads);
  else
    split(keyHeads, ShapedType::kDynamic);
  for (auto [position, size] : llvm::enumerate(shape)) {
    if (!ShapedType::isDynamic(size))
      sizes.push_back(builder.getIndexAttr(size));
    else if (int64_t(position) == headDim && heads != 1)
      sizes.push_back(dim(clauses.key, 1));
    else if (int64_t(position) == headDim + 1)
      sizes.push_back(sizeOf('g'));
    else
      sizes.push_back(dim(tensor, position - (int64_t(position) > headDim)));
  }
  return tensor::ExpandShapeOp::create(builder, loc, RankedTensorType::get(shape, type.getElementType()), tensor,
                                       reassociation, sizes);
}

Value SdpaBuilder::mergeHeads(Value tensor, RankedTensorType type) {
  if (!grouped)
    return tensor;
  SmallVector<ReassociationIndices> reassociation{{0}, {1, 2}};
  for (int64_t position = 3; position <= type.getRank(); ++position)
    reassociation.push_back({position});
  Value merged = tensor::CollapseShapeOp::create(builder, loc, tensor, reassociation);
  return merged.getType() == type ? merged : tensor::CastOp::create(builder, loc, type, merged).getResult();
}

Value SdpaBuilder::extend(Value tensor) {
  auto type = clauses.type(tensor);
  if (type.getElementType() == accumulation)
    return tensor;
  return arith::ExtFOp::create(builder, loc, type.clone(accumulation), tensor);
}

Value SdpaBuilder::truncate(Value tensor, Type element) {
  if (element == accumulation)
    return tensor;
  return arith::TruncFOp::create(builder, loc, clauses.type(tensor).clone(element), tensor);
}

/// The dimensions of the labels that are made or summed, from the operands that have them.
Value SdpaBuilder::sizeOf(char label) {
  switch (label) {
  case 'b':
    return dim(clauses.query, 0);
  case 'h':
    return dim(clauses.key, 1);
  case 'g':
    return arith::DivUIOp::create(
        builder, loc, dim(clauses.query, 1),
        arith::MaxUIOp::create(builder, loc, dim(clauses.key, 1), arith::ConstantIndexOp::create(builder, loc, 1)));
  case 'i':
    return dim(clauses.query, 2);
  case 'j':
    return dim(clauses.key, 2);
  default:
    assert(label == 'd' && "the value's depth is neither made nor summed");
    return dim(clauses.query, 3);
  }
}

RankedTensorType SdpaBuilder::denseType(StringRef labels, Type element) {
  RankedTensorType q = clauses.type(clauses.query), k = clauses.type(clauses.key), v = clauses.type(clauses.value);
  SmallVector<int64_t> shape;
  for (char label : labels) {
    int64_t queryHeads = q.getDimSize(1), keyHeads = k.getDimSize(1);
    bool dynamicGroup = ShapedType::isDynamic(queryHeads) || ShapedType::isDynamic(keyHeads);
    shape.push_back(label == 'b'   ? q.getDimSize(0)
                    : label == 'h' ? keyHeads
                    : label == 'g' ? (dynamicGroup ? ShapedType::kDynamic : queryHeads / keyHeads)
                    : label == 'i' ? q.getDimSize(2)
                    : label == 'j' ? k.getDimSize(2)
                    : label == 'd' ? q.getDimSize(3)
                                   : v.getDimSize(3));
  }
  return RankedTensorType::get(shape, element);
}

RankedTensorType SdpaBuilder::pairType(Type element) {
  RankedTensorType dense = denseType(pairs, element);
  unsigned rows = pairs.size() - 2;
  return RankedTensorType::get(dense.getShape(), element, PairAttr::get(builder.getContext(), rows, rows + 1));
}

//===----------------------------------------------------------------------===//
// Pair values
//===----------------------------------------------------------------------===//
Value SdpaBuilder::einsum(ArrayRef<std::string> inputs, const std::string &result, ValueRange operands,
                          RankedTensorType type) {
  bool floats = isa<FloatType>(type.getElementType());
  Equation equation{{inputs.begin(), inputs.end()}, result, floats && live ? pairs : ""};
  return EinsumOp::create(builder, loc, type, equation, operands, floats ? live : Value(),
                          [&](char label) { return sizeOf(label); });
}

/// Broadcasts a tensor over all pairs.
Value SdpaBuilder::spread(Value tensor, const std::string &labels) {
  return einsum({labels}, pairs, tensor, pairType(clauses.type(tensor).getElementType()));
}

/// Broadcasts a bias or a mask: dimensions that are statically 1, or all of them.
Value SdpaBuilder::spreadPairOperand(Value tensor) {
  if (getPair(tensor.getType()))
    tensor = PairCastOp::create(builder, loc, clauses.type(tensor).dropEncoding(), tensor);
  tensor = splitHeads(tensor, 1);
  RankedTensorType type = clauses.type(tensor), full = pairType(type.getElementType());
  SmallVector<ReassociationIndices> kept;
  SmallVector<int64_t> shape;
  std::string labels;
  ReassociationIndices leading;
  for (int64_t position = 0; position < type.getRank(); ++position) {
    leading.push_back(position);
    if (type.getDimSize(position) == 1 && full.getDimSize(position) != 1)
      continue;
    labels += pairs[position];
    shape.push_back(type.getDimSize(position));
    kept.push_back(leading);
    leading.clear();
  }
  if (!kept.empty())
    llvm::append_range(kept.back(), leading);
  if (labels.size() != pairs.size())
    tensor = tensor::CollapseShapeOp::create(builder, loc, RankedTensorType::get(shape, type.getElementType()), tensor,
                                             kept);
  if (StringRef(labels).contains('i') && StringRef(labels).contains('j')) {
    size_t rows = labels.find('i');
    auto marked =
        RankedTensorType::get(shape, type.getElementType(), PairAttr::get(builder.getContext(), rows, rows + 1));
    tensor = PairCastOp::create(builder, loc, marked, tensor);
  }
  return spread(tensor, labels);
}

Value SdpaBuilder::pairConstant(double value) {
  RankedTensorType type = pairType(accumulation);
  if (type.hasStaticShape())
    return createConstant(builder, loc, value, type, Value());
  Value element = createConstant(builder, loc, value, accumulation, Value());
  return tensor::SplatOp::create(builder, loc, type, element, pairDims());
}

SmallVector<Value> SdpaBuilder::pairDims() {
  RankedTensorType type = pairType(accumulation);
  SmallVector<Value> sizes;
  for (auto [position, label] : llvm::enumerate(pairs))
    if (type.isDynamicDim(position))
      sizes.push_back(sizeOf(label));
  return sizes;
}

Value SdpaBuilder::coordinate(char label) {
  return CoordOp::create(builder, loc, pairType(builder.getIndexType()), pairs.find(label), pairDims(), Value());
}

/// The query head: key head × group size + place in the group.
Value SdpaBuilder::head() {
  if (!grouped)
    return coordinate('h');
  Value groups = tensor::SplatOp::create(builder, loc, pairType(builder.getIndexType()), sizeOf('g'), pairDims());
  Value first = arith::MulIOp::create(builder, loc, coordinate('h'), groups);
  return arith::AddIOp::create(builder, loc, first, coordinate('g'));
}

} // namespace theria
