//===- Reassociation.cpp - sums that are computed anyway -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   Σ_j w_ij (Σ_d r_id·c_jd) = Σ_d r_id (Σ_j w_ij·c_jd), where the inner sum on the right is there already.
//
// Under a mask over (i, j) the right side keeps the rows that have a live j: elsewhere the left side is 0, whatever r
// holds.
//
//===----------------------------------------------------------------------===//
#include "lib/Simplify/Reassociation.h"

using namespace mlir;

namespace theria {

// Contractions of derivatives have few factors, each made in few steps; three steps see through
// negation · product · contraction.
static constexpr unsigned maxDepth = 3;

/// Where `op` would have to stand to be used at `user`: null where it is there, failure where it can't.
static FailureOr<Operation *> positionFor(EinsumOp op, Operation *user) {
  Operation *point = op->getBlock()->findAncestorOpInBlock(*user);
  if (!point)
    return failure();
  if (op->isBeforeInBlock(point))
    return static_cast<Operation *>(nullptr);
  for (Value operand : op->getOperands())
    if (Operation *source = operand.getDefiningOp();
        source && source->getBlock() == op->getBlock() && !source->isBeforeInBlock(point))
      return failure();
  return point;
}

void ReuseSearch::tryAll(const Product &product) {
  llvm::SmallPtrSet<Operation *, 8> tried;
  for (const Factor &factor : product.factors)
    for (Operation *user : factor.value.getUsers()) {
      auto einsum = dyn_cast<EinsumOp>(user);
      if (!einsum || einsum == product.origin || einsum->use_empty() || !tried.insert(einsum).second)
        continue;
      std::optional<Product> found = product.reusing(einsum);
      if (found && found->cost() < bound && succeeded(positionFor(einsum, product.origin))) {
        bound = found->cost();
        best = std::move(found);
        reused = einsum;
      }
    }
}

void ReuseSearch::explore(const Product &product, unsigned depth) {
  tryAll(product);
  if (depth == 0)
    return;
  for (unsigned factor = 0; factor < product.factors.size(); ++factor)
    if (std::optional<Product> expanded = product.expanded(factor))
      explore(*expanded, depth - 1);
}

bool ReuseSearch::run(const Product &product) {
  explore(product, maxDepth);
  return best.has_value();
}

Value ReuseSearch::create(RewriterBase &rewriter) {
  if (Operation *point = *positionFor(reused, best->origin))
    rewriter.moveOpBefore(reused, point);
  return best->create(rewriter);
}

namespace {
struct ReuseContraction : OpRewritePattern<EinsumOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(EinsumOp op, PatternRewriter &rewriter) const override {
    Product product(op);
    ReuseSearch search(product.cost());
    if (!search.run(product))
      return failure();
    rewriter.replaceOp(op, search.create(rewriter));
    return success();
  }
};
} // namespace

void populateReassociationPatterns(RewritePatternSet &patterns) {
  patterns.add<ReuseContraction>(patterns.getContext());
}

} // namespace theria
