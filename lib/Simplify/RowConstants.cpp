//===- RowConstants.cpp - factors that are constant along a sum ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   Σ_j p_ij·c_i·x_j = c_i·Σ_j p_ij·x_j
//   Σ_j p_ij·(a_ij − c_i)·x_j = Σ_j p_ij·a_ij·x_j − c_i·Σ_j p_ij·x_j, where the last sum is computed anyway
//
// Under a mask over (i, j) the products with c_i keep the rows that have a live j, unless c is 0 on the others itself.
// The second formula subtracts large numbers where a row of a has a large common offset.
//
//===----------------------------------------------------------------------===//
#include "lib/Simplify/Reassociation.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace theria {

/// Whether a value repeats what has fewer dimensions.
static bool isBroadcast(Value value) {
  if (constantSplat(value) || value.getDefiningOp<tensor::SplatOp>())
    return true;
  auto einsum = value.getDefiningOp<EinsumOp>();
  return einsum && einsum.getInputs().size() == 1 && Product(einsum).summed().empty();
}

/// A product with its broadcast factors replaced by what they repeat.
static Product withoutBroadcasts(Product product) {
  for (unsigned number = product.factors.size(); number-- > 0;)
    if (isBroadcast(product.factors[number].value))
      if (std::optional<Product> expanded = product.expanded(number))
        product = *expanded;
  return product;
}

/// Splits a sum into the factors that leave it and the sum of the others. None where nothing leaves.
static std::optional<std::pair<Product, Product>> split(const Product &product) {
  Product outer = product, inner = product;
  outer.factors.clear();
  inner.factors.clear();
  for (const Factor &factor : product.factors)
    (isSubset(factor.labels, product.result) ? outer : inner).factors.push_back(factor);
  bool leaves = !outer.factors.empty() || product.scales();
  inner.result = intersect(product.result,
                           llvm::join(llvm::map_range(inner.factors, [](const Factor &f) { return f.labels; }), ""));
  if (!leaves || product.summed().empty() || !isSubset(product.where, inner.labels()))
    return std::nullopt;
  inner.scale = 1;
  return std::make_pair(std::move(outer), std::move(inner));
}

/// The type of a sum over some labels of a product.
static RankedTensorType resultType(const Product &product, StringRef labels) {
  SmallVector<int64_t> shape;
  Attribute mark;
  if (PairAttr pair = getPair(product.type)) {
    size_t row = labels.find(product.result[pair.getRows()]), col = labels.find(product.result[pair.getCols()]);
    if (row != StringRef::npos && col != StringRef::npos)
      mark = PairAttr::get(product.type.getContext(), row, col);
  }
  for (char label : labels)
    shape.push_back(product.type.getDimSize(product.result.find(label)));
  return RankedTensorType::get(shape, product.type.getElementType(), mark);
}

static LogicalResult moveOut(EinsumOp op, const Product &product, RewriterBase &rewriter) {
  auto parts = split(product);
  if (!parts || product.sumsNarrowly())
    return failure();
  auto &[outer, inner] = *parts;
  inner.type = resultType(product, inner.result);
  Value sum = inner.create(rewriter);
  outer.factors.push_back({sum, inner.result});
  outer.anyOf = intersect(product.where, inner.summed());
  rewriter.replaceOp(op, outer.create(rewriter));
  return success();
}

/// Whether multiplying a result instead of a factor is less work.
static bool shrinks(const Product &product, const Factor &factor) {
  Cost after = product.cost(product.result), before = product.cost(factor.labels);
  return after < before;
}

/// Whether an operation is used by sums alone whose results are smaller: a scalar can leave all of them.
static bool feedsSumsOnly(Value value) {
  return llvm::all_of(value.getUses(), [](OpOperand &use) {
    auto einsum = dyn_cast<EinsumOp>(use.getOwner());
    if (!einsum || use.getOperandNumber() >= einsum.getInputs().size())
      return false;
    Product product(einsum);
    return !product.summed().empty() && shrinks(product, product.factors[use.getOperandNumber()]);
  });
}

namespace {
/// A factor of the einsum itself.
struct MoveOutFactor : OpRewritePattern<EinsumOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(EinsumOp op, PatternRewriter &rewriter) const override {
    return moveOut(op, Product(op), rewriter);
  }
};

/// A factor of a product that is an operand. The product has no other use, or the factor is a scalar and leaves all
/// of its uses.
struct MoveOutOfOperand : OpRewritePattern<EinsumOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(EinsumOp op, PatternRewriter &rewriter) const override {
    Product product(op);
    for (auto [number, factor] : llvm::enumerate(product.factors)) {
      std::optional<Product> expanded = product.expanded(number);
      if (!expanded || !multiplies(factor.value) || !shrinks(product, factor))
        continue;
      Product whole = withoutBroadcasts(*expanded);
      if ((factor.value.hasOneUse() || (feedsSumsOnly(factor.value) && onlyScalarsLeave(whole))) &&
          succeeded(moveOut(op, whole, rewriter)))
        return success();
    }
    return failure();
  }

private:
  static bool multiplies(Value value) {
    Operation *op = value.getDefiningOp();
    auto einsum = dyn_cast_or_null<EinsumOp>(op);
    return isa_and_nonnull<arith::MulFOp, arith::NegFOp>(op) ||
           (einsum && einsum.getInputs().size() > 1 && Product(einsum).summed().empty());
  }
  static bool onlyScalarsLeave(const Product &product) {
    return llvm::all_of(product.factors, [&](const Factor &factor) {
      return factor.labels.empty() || !isSubset(factor.labels, product.result);
    });
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Sums with a term that leaves
//===----------------------------------------------------------------------===//

namespace {
/// A sum of two terms inside an operand, below products that have no other use.
struct Summand {
  unsigned factor;
  SmallVector<Value> others; ///< the other factors of the products, from the operand inwards
  Operation *sum;            ///< an addition or subtraction
};
} // namespace

static std::optional<Summand> findSum(unsigned factor, Value value, SmallVector<Value> others = {}) {
  Operation *op = value.getDefiningOp();
  if (!op || !value.hasOneUse())
    return std::nullopt;
  if (isa<arith::AddFOp, arith::SubFOp>(op))
    return Summand{factor, std::move(others), op};
  auto product = dyn_cast<arith::MulFOp>(op);
  if (!product)
    return std::nullopt;
  others.push_back(product.getRhs());
  if (auto found = findSum(factor, product.getLhs(), others))
    return found;
  others.back() = product.getLhs();
  return findSum(factor, product.getRhs(), others);
}

/// The operand's product with the sum replaced by one of its terms.
static Product termOf(EinsumOp op, const Summand &at, Value term) {
  Product product(op);
  product.factors[at.factor].value = term;
  for (Value other : at.others)
    product.factors.push_back({other, product.factors[at.factor].labels});
  return product;
}

/// The einsum with the sum replaced by one of its terms, the products kept as operations.
static Value createTerm(EinsumOp op, const Summand &at, Value term, RewriterBase &rewriter) {
  Product product(op);
  for (Value other : llvm::reverse(at.others))
    term = arith::MulFOp::create(rewriter, op.getLoc(), term, other);
  product.factors[at.factor].value = term;
  return product.create(rewriter);
}

namespace {
/// Σ_j p_ij·(a_ij ± c_i)·x_j where Σ_j p_ij·x_j is computed anyway.
struct DistributeRowConstant : OpRewritePattern<EinsumOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(EinsumOp op, PatternRewriter &rewriter) const override {
    for (auto [number, input] : llvm::enumerate(op.getInputs()))
      if (std::optional<Summand> at = findSum(number, input); at && succeeded(distribute(op, *at, rewriter)))
        return success();
    return failure();
  }

private:
  /// A bound that fewer factors alone do not meet.
  static Cost fewerLabels(Cost cost) {
    cost.factors = 0;
    return cost;
  }
  static LogicalResult distribute(EinsumOp op, const Summand &at, RewriterBase &rewriter) {
    for (unsigned leaving : {1u, 0u}) {
      ReuseSearch search(fewerLabels(Product(op).cost()));
      if (!search.run(termOf(op, at, at.sum->getOperand(leaving))))
        continue;
      Value row = search.create(rewriter);
      Value rest = createTerm(op, at, at.sum->getOperand(1 - leaving), rewriter);
      SmallVector<Value> terms{rest, row};
      if (leaving == 0)
        std::swap(terms[0], terms[1]);
      Operation *sum = rewriter.create(op.getLoc(), at.sum->getName().getIdentifier(), terms, op.getType());
      rewriter.replaceOp(op, sum);
      return success();
    }
    return failure();
  }
};
} // namespace

void populateRowConstantPatterns(RewritePatternSet &patterns) {
  patterns.add<MoveOutFactor, MoveOutOfOperand, DistributeRowConstant>(patterns.getContext());
}

} // namespace theria
