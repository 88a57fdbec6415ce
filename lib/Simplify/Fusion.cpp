//===- Fusion.cpp - what makes an operand joins the einsum -----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A transpose, broadcast or sum folds into the einsum that uses it; so does a product of the einsum's own shape. Two
// contractions are never fused: a sum folds into a sum only, a product only where it is as large as all that is summed.
//
//===----------------------------------------------------------------------===//
#include "lib/Simplify/Product.h"
#include "lib/Simplify/Simplify.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace theria {

/// Replaces `op` by a product equal to it.
static LogicalResult replaceBy(EinsumOp op, const std::optional<Product> &product, RewriterBase &rewriter) {
  if (!product)
    return failure();
  rewriter.replaceOp(op, product->create(rewriter));
  return success();
}

/// Expands the first factor that `joins` and can be expanded.
static LogicalResult expandFirst(EinsumOp op, const Product &product, RewriterBase &rewriter,
                                 llvm::function_ref<bool(const Factor &)> joins) {
  for (auto [number, factor] : llvm::enumerate(product.factors))
    if (joins(factor) && succeeded(replaceBy(op, product.expanded(number), rewriter)))
      return success();
  return failure();
}

namespace {
/// Σ a_ij (Σ_k b_jk) with one operand inside: transposes and broadcasts always, sums under no other factor and where
/// nothing else needs them.
struct FoldOperand : OpRewritePattern<EinsumOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(EinsumOp op, PatternRewriter &rewriter) const override {
    Product product(op);
    return expandFirst(op, product, rewriter, [&](const Factor &factor) {
      auto inner = factor.value.getDefiningOp<EinsumOp>();
      return inner && inner.getInputs().size() == 1 &&
             (Product(inner).summed().empty() || (product.factors.size() == 1 && inner->hasOneUse()));
    });
  }
};

/// Σ_j (x_ij·y_ij)·z_ij = Σ_j x_ij·y_ij·z_ij, where the product has no other use and every label of the sum.
struct FoldProduct : OpRewritePattern<EinsumOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(EinsumOp op, PatternRewriter &rewriter) const override {
    Product product(op);
    if (product.summed().empty())
      return failure();
    return expandFirst(op, product, rewriter, [&](const Factor &factor) {
      Operation *inner = factor.value.getDefiningOp();
      auto einsum = dyn_cast_or_null<EinsumOp>(inner);
      bool multiplies = isa_and_nonnull<arith::MulFOp>(inner) || (einsum && Product(einsum).summed().empty());
      return multiplies && inner->hasOneUse() && isSubset(product.labels(), factor.labels);
    });
  }
};

/// A factor of the same constant everywhere leaves the einsum: Σ_j 1_ij·x_ij = Σ_j x_ij.
struct FoldConstant : OpRewritePattern<EinsumOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(EinsumOp op, PatternRewriter &rewriter) const override {
    Product product(op);
    return expandFirst(op, product, rewriter, [](const Factor &factor) { return bool(constantSplat(factor.value)); });
  }
};

/// An einsum that neither sums nor masks nor moves a label is a product of tensors.
struct ElementwiseEinsum : OpRewritePattern<EinsumOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(EinsumOp op, PatternRewriter &rewriter) const override {
    Product product(op);
    if (product.mask || !isa<FloatType>(product.type.getElementType()) ||
        !llvm::all_of(product.factors, [&](const Factor &factor) {
          return factor.labels == product.result && factor.value.getType() == product.type;
        }))
      return failure();
    return replaceBy(op, product, rewriter);
  }
};
} // namespace

void populateFusionPatterns(RewritePatternSet &patterns) {
  patterns.add<FoldOperand, FoldProduct, FoldConstant, ElementwiseEinsum>(patterns.getContext());
}

} // namespace theria
