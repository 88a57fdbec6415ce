//===- ProductBuild.cpp - from a product back to operations ----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Simplify/Product.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include <limits>

using namespace mlir;

namespace theria {

Value createScaled(OpBuilder &builder, Location loc, Value value, double scale) {
  if (scale == 1)
    return value;
  if (scale == -1)
    return arith::NegFOp::create(builder, loc, value);
  Value constant = createConstant(builder, loc, scale, value.getType(), value);
  return arith::MulFOp::create(builder, loc, value, constant);
}

//===----------------------------------------------------------------------===//
// Masks of rows
//===----------------------------------------------------------------------===//

/// The type without a dimension, its pair mark kept where both of its dimensions stay.
static RankedTensorType dropDim(RankedTensorType type, int64_t dim) {
  SmallVector<int64_t> shape(type.getShape());
  shape.erase(shape.begin() + dim);
  Attribute mark;
  if (PairAttr pair = getPair(type); pair && dim != pair.getRows() && dim != pair.getCols())
    mark = PairAttr::get(type.getContext(), pair.getRows() - (dim < pair.getRows()),
                         pair.getCols() - (dim < pair.getCols()));
  return RankedTensorType::get(shape, type.getElementType(), mark);
}

Value createAnyOf(OpBuilder &builder, Location loc, Value mask, std::string &where, StringRef anyOf, Type element) {
  auto type = cast<RankedTensorType>(mask.getType()).clone(element);
  Value largest = createConstant(builder, loc, 0, type, mask);
  // The rows or the columns of a pair tensor first: then nothing in between is one.
  std::string order;
  if (PairAttr pair = getPair(type))
    order = intersect(anyOf, std::string{where[pair.getRows()], where[pair.getCols()]});
  order += subtract(anyOf, order);
  for (char label : order) {
    size_t dim = where.find(label);
    type = dropDim(type, dim);
    largest = ReduceMaxOp::create(builder, loc, type, largest, mask, dim);
    where.erase(dim, 1);
    mask = Value();
  }
  Value none = createConstant(builder, loc, -std::numeric_limits<double>::infinity(), type, largest);
  return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNE, largest, none);
}

/// Whether a value is an einsum under the product's mask that sums the labels `anyOf`: 0 where no element is live.
static bool isSumUnderMask(EinsumOp op, StringRef labels, const Product &product) {
  Equation inner = op.getLabels();
  if (!op.getMask() || op.getMask() != product.mask)
    return false;
  for (auto [own, label] : llvm::zip_equal(inner.where, product.where)) {
    size_t at = inner.result.find(own);
    bool summed = at == std::string::npos;
    if (summed != StringRef(product.anyOf).contains(label) || (!summed && labels[at] != label))
      return false;
  }
  return true;
}

static bool vanishesWhereDead(Value value, StringRef labels, const Product &product) {
  Operation *op = value.getDefiningOp();
  if (auto einsum = dyn_cast_or_null<EinsumOp>(op))
    return isSumUnderMask(einsum, labels, product);
  auto vanishes = [&](Value operand) {
    std::optional<APFloat> constant = constantSplat(operand);
    return (constant && constant->isZero()) || vanishesWhereDead(operand, labels, product);
  };
  if (auto select = dyn_cast_or_null<arith::SelectOp>(op))
    return vanishes(select.getTrueValue()) && vanishes(select.getFalseValue());
  return isa_and_nonnull<arith::NegFOp, arith::AddFOp, arith::SubFOp>(op) && llvm::all_of(op->getOperands(), vanishes);
}

bool vanishWhereDead(ArrayRef<Factor> factors, const Product &product) {
  return llvm::all_of(factors, [&](const Factor &factor) {
    return isa<RankedTensorType>(factor.value.getType()) && vanishesWhereDead(factor.value, factor.labels, product);
  });
}

//===----------------------------------------------------------------------===//
// Einsums
//===----------------------------------------------------------------------===//

Value Product::sizeOf(OpBuilder &builder, char label) const {
  EinsumOp op = origin;
  Equation equation = op.getLabels();
  for (auto [value, labels] : llvm::zip_equal(op.getInputs(), equation.inputs))
    if (size_t at = labels.find(label); at != std::string::npos)
      return createDim(builder, op.getLoc(), value, at);
  auto next = op.getSizes().begin();
  for (char given : equation.newLabels())
    if (op.getType().isDynamicDim(equation.result.find(given))) {
      if (given == label)
        return *next;
      ++next;
    }
  llvm_unreachable("a label of the result has a size");
}

/// Π factors of one shape needs no contraction; null where it does.
static Value createElementwise(OpBuilder &builder, const Product &product) {
  if (product.mask || llvm::any_of(product.factors, [&](const Factor &factor) {
        return factor.labels != product.result || factor.value.getType() != product.type;
      }))
    return Value();
  Value value = product.factors.front().value;
  for (const Factor &factor : ArrayRef(product.factors).drop_front())
    value = arith::MulFOp::create(builder, product.origin->getLoc(), value, factor.value);
  return value;
}

Value Product::create(OpBuilder &builder) const {
  Location loc = origin->getLoc();
  Product product = *this;
  // A sum keeps its mask where it can: sums under one mask are found to be equal.
  if ((!anyOf.empty() || (mask && summed().empty())) && vanishWhereDead(factors, *this))
    product.mask = Value();
  else if (!anyOf.empty())
    product.mask = createAnyOf(builder, loc, mask, product.where, anyOf, type.getElementType());
  if (Value value = createElementwise(builder, product))
    return createScaled(builder, loc, value, scale);
  Equation equation{{}, result, product.mask ? product.where : ""};
  SmallVector<Value> operands;
  for (const Factor &factor : factors) {
    Value value = factor.value;
    if (!isa<RankedTensorType>(value.getType()))
      value = tensor::FromElementsOp::create(builder, loc, RankedTensorType::get({}, value.getType()), value);
    equation.inputs.push_back(factor.labels);
    operands.push_back(value);
  }
  Value value = EinsumOp::create(builder, loc, type, equation, operands, product.mask,
                                 [&](char label) { return sizeOf(builder, label); });
  return createScaled(builder, loc, value, scale);
}

} // namespace theria
