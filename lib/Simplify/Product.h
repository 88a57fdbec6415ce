//===- Product.h - an einsum as a sum of products ---------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The one symbolic object of the patterns on einsums: Σ over labels, where the mask is true, of scale · Π factors. It
// looks through the operations that make an operand without building anything until `create`.
//
//===----------------------------------------------------------------------===//
#ifndef THERIA_LIB_SIMPLIFY_PRODUCT_H
#define THERIA_LIB_SIMPLIFY_PRODUCT_H

#include "dialect/Theria.h"
#include "llvm/ADT/APFloat.h"

namespace theria {

/// The value of a tensor or scalar all of whose elements are one constant.
std::optional<llvm::APFloat> constantSplat(mlir::Value value);

/// A tensor with a label for each dimension, or a scalar without labels.
struct Factor {
  mlir::Value value;
  std::string labels;
};

/// What one evaluation takes, compared from the first member to the last: whether it walks pairs, how many labels of
/// unknown size, the product of the known sizes, the number of factors.
struct Cost {
  bool pairs;
  size_t unknown;
  double known;
  size_t factors;
  auto operator<=>(const Cost &) const = default;
};

class Product {
public:
  explicit Product(EinsumOp op);

  /// The product with a factor replaced by what makes it, where that is exact: a product, a negation, a constant, or an
  /// einsum under the same mask or none. None where the factor is made otherwise, or where a masked sum would be lost.
  std::optional<Product> expanded(unsigned factor) const;

  /// The product with the factors of `op` replaced by its result, where its sum occurs in this one. Labels of the mask
  /// that `op` sums go to `anyOf`.
  std::optional<Product> reusing(EinsumOp op) const;

  /// All labels, those of the factors first.
  std::string labels() const;
  /// The labels that are summed.
  std::string summed() const;
  /// What it costs to evaluate all labels, or only those given.
  Cost cost() const;
  Cost cost(llvm::StringRef labels) const;
  bool scales() const { return scale != 1; }
  /// Whether its sum may overflow once a factor has left it, although the result does not: f16 ends at 65504.
  bool sumsNarrowly() const { return type.getElementType().isF16() && !summed().empty(); }

  /// Builds the einsum, and the multiplication by `scale`.
  mlir::Value create(mlir::OpBuilder &builder) const;

  /// Size of a label of the original einsum.
  mlir::Value sizeOf(mlir::OpBuilder &builder, char label) const;

  EinsumOp origin;
  llvm::SmallVector<Factor, 4> factors;
  double scale = 1; ///< exact where the element type is as narrow; rounded to it once, when it is built
  std::string result;
  mlir::RankedTensorType type;
  mlir::Value mask;
  std::string where;
  /// Labels of the mask that the result lacks: it holds where the mask is true for any of their values.
  std::string anyOf;

private:
  std::optional<Product> expandedEinsum(unsigned factor, EinsumOp op) const;
  std::optional<Product> expandedConstant(unsigned factor, const llvm::APFloat &constant) const;
  int64_t sizeOf(char label) const;
};

/// `value` times a constant: itself for 1, a negation for −1.
mlir::Value createScaled(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value value, double scale);

/// The mask reduced to where any of the labels `anyOf` makes it true; updates `where`. As 0 is the largest of zeros and
/// −∞ of none, it is (reduce_max of zeros under the mask) ≠ −∞.
mlir::Value createAnyOf(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value mask, std::string &where,
                        llvm::StringRef anyOf, mlir::Type element);

/// Whether all factors are known to be 0 wherever the product's mask, reduced over `anyOf`, is false. The product with
/// a sum under that mask then needs no mask of its own.
bool vanishWhereDead(llvm::ArrayRef<Factor> factors, const Product &product);

} // namespace theria

#endif // THERIA_LIB_SIMPLIFY_PRODUCT_H
