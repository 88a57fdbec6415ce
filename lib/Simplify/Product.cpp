//===- Product.cpp - an einsum as a sum of products ------------------------===//
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
#include <cmath>

using namespace mlir;

namespace theria {

std::optional<APFloat> constantSplat(Value value) {
  APFloat constant(0.0);
  if (auto splat = value.getDefiningOp<tensor::SplatOp>())
    value = splat.getInput();
  if (isDifferentiable(value.getType()) && matchPattern(value, m_ConstantFloat(&constant)))
    return constant;
  return std::nullopt;
}

Product::Product(EinsumOp op) : origin(op), type(op.getType()), mask(op.getMask()) {
  Equation equation = op.getLabels();
  for (auto [value, labels] : llvm::zip_equal(op.getInputs(), equation.inputs))
    factors.push_back({value, labels});
  result = equation.result;
  where = equation.where;
}

std::string Product::labels() const {
  std::string all;
  for (const Factor &factor : factors)
    all += subtract(factor.labels, all);
  return all + subtract(result, all);
}

std::string Product::summed() const { return subtract(labels(), result); }

//===----------------------------------------------------------------------===//
// Cost
//===----------------------------------------------------------------------===//

int64_t Product::sizeOf(char label) const {
  auto sizeIn = [&](StringRef labels, Type type) {
    size_t at = labels.find(label);
    return at == StringRef::npos ? ShapedType::kDynamic : cast<RankedTensorType>(type).getDimSize(at);
  };
  for (const Factor &factor : factors)
    if (int64_t size = sizeIn(factor.labels, factor.value.getType()); !ShapedType::isDynamic(size))
      return size;
  return sizeIn(result, type);
}

Cost Product::cost(StringRef labels) const {
  Cost cost{false, 0, 1, factors.size()};
  auto pairsWithin = [&](StringRef own, Type type) {
    PairAttr pair = getPair(type);
    return pair && labels.contains(own[pair.getRows()]) && labels.contains(own[pair.getCols()]);
  };
  for (const Factor &factor : factors)
    cost.pairs |= pairsWithin(factor.labels, factor.value.getType());
  cost.pairs |= pairsWithin(result, type);
  for (char label : labels) {
    if (int64_t size = sizeOf(label); ShapedType::isDynamic(size))
      ++cost.unknown;
    else // Where one is 0, the others still say which way is the shorter.
      cost.known *= double(std::max<int64_t>(size, 1));
  }
  return cost;
}

Cost Product::cost() const { return cost(labels()); }

//===----------------------------------------------------------------------===//
// Looking through what makes a factor
//===----------------------------------------------------------------------===//

/// Σ_j of a constant over a label that nothing else has is its size times the constant.
static std::optional<double> countVanished(const Product &product, StringRef vanished, const Factor &factor) {
  double count = 1;
  for (char label : vanished) {
    int64_t size = cast<RankedTensorType>(factor.value.getType()).getDimSize(factor.labels.find(label));
    if (ShapedType::isDynamic(size) || StringRef(product.where).contains(label))
      return std::nullopt;
    count *= double(size);
  }
  return count;
}

static double asDouble(APFloat number) {
  bool inexact;
  number.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &inexact);
  return number.convertToDouble();
}

/// Whether the element type holds a scale: a finite one must not become infinite, nor one that is not zero, zero.
static bool holdsScale(Type element, double scale) {
  auto type = dyn_cast<FloatType>(element);
  if (!type || !std::isfinite(scale))
    return true;
  APFloat rounded(scale);
  bool inexact;
  rounded.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven, &inexact);
  return rounded.isFinite() && rounded.isZero() == (scale == 0);
}

/// Checks that no label was lost but those whose sum is a multiplication by their size.
static std::optional<Product> withoutVanished(Product product, const Product &before, const Factor &factor) {
  std::optional<double> count = countVanished(product, subtract(before.labels(), product.labels()), factor);
  if (!count || product.factors.empty())
    return std::nullopt;
  product.scale *= *count;
  if (!holdsScale(product.type.getElementType(), product.scale))
    return std::nullopt;
  return product;
}

std::optional<Product> Product::expandedConstant(unsigned factor, const APFloat &constant) const {
  Product product = *this;
  product.factors.erase(product.factors.begin() + factor);
  product.scale *= asDouble(constant);
  if (product.sumsNarrowly() && !abs(constant).isExactlyValue(1))
    return std::nullopt;
  return withoutVanished(std::move(product), *this, factors[factor]);
}

std::optional<Product> Product::expandedEinsum(unsigned factor, EinsumOp op) const {
  Equation inner = op.getLabels();
  const std::string &outer = factors[factor].labels;
  Equation used{{labels(), outer}, result, where};
  auto rename = [&, names = std::string(), fresh = std::string()](StringRef own) mutable {
    std::string renamed;
    for (char label : own) {
      if (size_t at = inner.result.find(label); at != std::string::npos) {
        renamed += outer[at];
        continue;
      }
      size_t at = names.find(label);
      if (at == std::string::npos) {
        at = names.size();
        names += label;
        bool isFree = !used.inputsHave(label) && !StringRef(used.result + used.where).contains(label);
        fresh += isFree ? label : used.freshLabel();
        used.result += fresh.back();
      }
      renamed += fresh[at];
    }
    return renamed;
  };
  Product product = *this;
  product.factors.erase(product.factors.begin() + factor);
  bool alone = product.factors.empty() && !mask;
  SmallVector<Factor> own;
  for (auto [value, labels] : llvm::zip_equal(op.getInputs(), inner.inputs))
    own.push_back({value, rename(labels)});
  product.factors.insert(product.factors.begin() + factor, own.begin(), own.end());
  if (used.freshLabel() == 0)
    return std::nullopt;
  if (op.getMask()) {
    std::string innerWhere = rename(inner.where);
    if (!alone && (op.getMask() != mask || innerWhere != where))
      return std::nullopt;
    product.mask = op.getMask();
    product.where = innerWhere;
  }
  return withoutVanished(std::move(product), *this, factors[factor]);
}

std::optional<Product> Product::expanded(unsigned factor) const {
  Value value = factors[factor].value;
  if (std::optional<APFloat> constant = constantSplat(value))
    return expandedConstant(factor, *constant);
  Operation *op = value.getDefiningOp();
  Product product = *this;
  if (auto negation = dyn_cast_or_null<arith::NegFOp>(op)) {
    product.factors[factor].value = negation.getOperand();
    product.scale = -product.scale;
    return product;
  }
  if (auto multiplication = dyn_cast_or_null<arith::MulFOp>(op)) {
    product.factors[factor].value = multiplication.getLhs();
    product.factors.insert(product.factors.begin() + factor + 1, {multiplication.getRhs(), factors[factor].labels});
    return product;
  }
  if (auto splat = dyn_cast_or_null<tensor::SplatOp>(op)) {
    product.factors[factor] = {splat.getInput(), ""};
    return withoutVanished(std::move(product), *this, factors[factor]);
  }
  auto einsum = dyn_cast_or_null<EinsumOp>(op);
  return einsum ? expandedEinsum(factor, einsum) : std::nullopt;
}

//===----------------------------------------------------------------------===//
// Finding a contraction inside
//===----------------------------------------------------------------------===//

namespace {
/// Matches the operands of an einsum with distinct factors of a product, labels one to one.
class Occurrence {
public:
  Occurrence(const Product &whole, const Product &part) : whole(whole), part(part), taken(whole.factors.size()) {}

  bool find(size_t operand = 0) {
    if (operand == part.factors.size())
      return accept();
    for (auto [number, factor] : llvm::enumerate(whole.factors)) {
      if (taken[number] || factor.value != part.factors[operand].value)
        continue;
      auto saved = std::make_pair(from, to);
      taken[number] = true;
      if (unify(part.factors[operand].labels, factor.labels) && find(operand + 1))
        return true;
      taken[number] = false;
      std::tie(from, to) = saved;
    }
    return false;
  }

  std::string rename(StringRef labels) const {
    std::string renamed;
    for (char label : labels)
      renamed += to[from.find(label)];
    return renamed;
  }

  /// The whole, with the part's factors replaced by its result.
  Product replaced() const {
    Product product = whole;
    product.factors.clear();
    for (auto [number, factor] : llvm::enumerate(whole.factors))
      if (!taken[number])
        product.factors.push_back(factor);
    product.factors.push_back({part.origin->getResult(0), rename(part.result)});
    product.anyOf = intersect(whole.where, rename(part.summed()));
    return product;
  }

private:
  bool unify(StringRef own, StringRef labels) {
    for (auto [mine, theirs] : llvm::zip_equal(own, labels)) {
      size_t at = from.find(mine);
      if (at != std::string::npos ? to[at] != theirs : to.find(theirs) != std::string::npos)
        return false;
      if (at == std::string::npos) {
        from += mine;
        to += theirs;
      }
    }
    return true;
  }

  /// What the part sums must stand nowhere else, and its mask must be the whole's where that concerns the sum.
  bool accept() const {
    std::string summed = rename(part.summed());
    std::string others = whole.result;
    for (auto [number, factor] : llvm::enumerate(whole.factors))
      if (!taken[number])
        others += factor.labels;
    if (!intersect(summed, others).empty())
      return false;
    if (part.mask)
      return part.mask == whole.mask && rename(part.where) == whole.where;
    return intersect(whole.where, summed).empty();
  }

  const Product &whole, &part;
  SmallVector<bool> taken;
  std::string from, to;
};
} // namespace

std::optional<Product> Product::reusing(EinsumOp op) const {
  Product part(op);
  if (!op.getLabels().newLabels().empty() || part.factors.size() > factors.size())
    return std::nullopt;
  Occurrence occurrence(*this, part);
  return occurrence.find() ? std::optional(occurrence.replaced()) : std::nullopt;
}

} // namespace theria
