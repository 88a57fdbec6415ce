//===- ExpandRowSums.cpp - statistics leave sums over columns -------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/ExpandRowSums.h"

#include "lib/Streaming/Normalisers.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace theria::streaming {

namespace {

/// A value of rows, with the label of each dimension.
struct RowFactor {
  Value value;
  std::string labels;

  bool operator==(const RowFactor &other) const { return value == other.value && labels == other.labels; }
};

/// A product of values of rows and of pairs.
struct Term {
  SmallVector<RowFactor> rows;
  SmallVector<Value> pairs;
  bool negative = false;
};
using Terms = SmallVector<Term>;

class RowSumExpander {
public:
  RowSumExpander(Block &block, const Stream &stream) : block(block), stream(stream) {}
  void run();

private:
  void findDependents();
  bool isSum(Operation *op) const;
  std::optional<Terms> expand(Value value);
  std::optional<Terms> expandProduct(ArrayRef<Value> operands, ArrayRef<std::string> labels, StringRef result);
  void replace(EinsumOp sum, ArrayRef<Term> terms);
  Value sumOf(EinsumOp sum, ArrayRef<const Term *> terms, OpBuilder &builder);

  Block &block;
  const Stream &stream;
  /// What depends on a statistic of rows, unless by the shift of a normaliser alone.
  llvm::DenseSet<Value> dependents;
};

} // namespace

/// More terms than this would cost more than the level that they save.
static constexpr size_t kMostTerms = 8;

/// Labels a, b, … of the dimensions of a value.
static std::string allLabels(Value value) {
  std::string labels;
  for (int64_t dim = 0; dim < cast<RankedTensorType>(value.getType()).getRank(); ++dim)
    labels += Equation::labelAt(dim);
  return labels;
}

/// Whether an operation sums pairs over their columns alone, one factor with the labels of the result's rows.
bool RowSumExpander::isSum(Operation *op) const {
  auto einsum = dyn_cast<EinsumOp>(op);
  if (!einsum || isPair(einsum.getResult()) || !llvm::all_of(einsum.getInputs(), isPair) || !einsum.getSizes().empty())
    return false;
  Layout layout = stream.resultLayout(op), all = stream.layouts.at(einsum.getInputs()[0]);
  Equation equation = einsum.getLabels();
  return layout.size() + 1 == all.size() && !llvm::is_contained(layout, stream.cols) &&
         llvm::all_of(equation.inputs, [&](StringRef labels) { return labels == equation.inputs.front(); }) &&
         (equation.where.empty() || equation.where == equation.inputs.front());
}

void RowSumExpander::findDependents() {
  SmallVector<Operation *> order = llvm::to_vector(llvm::make_pointer_range(block.without_terminator()));
  SmallVector<Normaliser, 1> normalisers = findNormalisers(order);
  llvm::DenseSet<Operation *> members(llvm::from_range, stream.ops);
  for (Operation *op : order) {
    bool depends = llvm::any_of(op->getOperands(), [&](Value operand) { return dependents.contains(operand); });
    if (members.contains(op) && !isPair(op->getResult(0)) && llvm::is_contained(stream.resultLayout(op), stream.rows))
      depends = true;
    for (const Normaliser &normaliser : normalisers)
      if (isa<math::ExpOp>(op) && normaliser.multiples.contains(op->getResult(0)))
        depends = dependents.contains(op->getOperand(0).getDefiningOp()->getOperand(0));
    if (depends)
      dependents.insert_range(op->getResults());
  }
}

/// A product of pair values with all of the result's labels, and of values of rows.
std::optional<Terms> RowSumExpander::expandProduct(ArrayRef<Value> operands, ArrayRef<std::string> labels,
                                                   StringRef result) {
  Terms all(1);
  for (auto [operand, own] : llvm::zip(operands, labels)) {
    if (!isPair(operand)) {
      for (Term &term : all)
        term.rows.push_back({operand, own});
      continue;
    }
    std::optional<Terms> factor = own == result ? expand(operand) : std::nullopt;
    if (!factor || all.size() * factor->size() > kMostTerms)
      return std::nullopt;
    Terms products;
    for (const Term &left : all)
      for (const Term &right : *factor) {
        Term product = left;
        llvm::append_range(product.rows, right.rows);
        llvm::append_range(product.pairs, right.pairs);
        product.negative ^= right.negative;
        products.push_back(product);
      }
    all = std::move(products);
  }
  return all;
}

std::optional<Terms> RowSumExpander::expand(Value value) {
  if (!dependents.contains(value))
    return Terms{{{}, {value}, false}};
  Operation *op = value.getDefiningOp();
  if (isa<arith::AddFOp, arith::SubFOp, arith::NegFOp>(op)) {
    Terms sum;
    for (auto [number, operand] : llvm::enumerate(op->getOperands())) {
      std::optional<Terms> terms = expand(operand);
      if (!terms || sum.size() + terms->size() > kMostTerms)
        return std::nullopt;
      for (Term &term : *terms)
        term.negative ^= isa<arith::NegFOp>(op) || (number == 1 && isa<arith::SubFOp>(op));
      llvm::append_range(sum, *terms);
    }
    return sum;
  }
  std::string own = allLabels(value);
  if (isa<arith::MulFOp>(op))
    return expandProduct(SmallVector<Value>(op->getOperands()), {own, own}, own);
  auto einsum = dyn_cast<EinsumOp>(op);
  if (!einsum || einsum.getMask())
    return std::nullopt;
  // Values of rows by batch axes; the result's own dimensions name them.
  Equation equation = einsum.getLabels();
  SmallVector<std::string> labels;
  for (auto [input, given] : llvm::zip(einsum.getInputs(), equation.inputs)) {
    std::string renamed;
    for (char label : given) {
      size_t at = equation.result.find(label);
      if (at == std::string::npos || (!isPair(input) && stream.layouts.at(value)[at] == stream.cols))
        return std::nullopt;
      renamed += own[at];
    }
    labels.push_back(renamed);
  }
  return expandProduct(SmallVector<Value>(einsum.getInputs()), labels, own);
}

/// Σ_j of the products of pairs of some terms.
Value RowSumExpander::sumOf(EinsumOp sum, ArrayRef<const Term *> terms, OpBuilder &builder) {
  Location loc = sum.getLoc();
  Value total;
  for (const Term *term : terms) {
    Value product;
    for (Value pair : term->pairs)
      product = product ? arith::MulFOp::create(builder, loc, product, pair) : pair;
    if (!total)
      total = term->negative ? arith::NegFOp::create(builder, loc, product) : product;
    else
      total = term->negative ? Value(arith::SubFOp::create(builder, loc, total, product))
                             : arith::AddFOp::create(builder, loc, total, product);
  }
  Equation equation = sum.getLabels();
  equation.inputs = {equation.inputs.front()};
  return EinsumOp::create(builder, loc, sum.getType(), equation, total, sum.getMask(), [](char) { return Value(); });
}

/// The terms with the same values of rows are summed together.
void RowSumExpander::replace(EinsumOp sum, ArrayRef<Term> terms) {
  OpBuilder builder(sum);
  Location loc = sum.getLoc();
  Equation equation = sum.getLabels();
  // Where the dimensions of pairs stand in the result.
  std::string canonical = allLabels(sum.getInputs()[0]);
  auto named = [&](StringRef labels) {
    std::string names;
    for (char label : labels)
      names += equation.inputs.front()[canonical.find(label)];
    return names;
  };
  Value total;
  llvm::SmallPtrSet<const Term *, 8> done;
  for (const Term &first : terms) {
    if (done.contains(&first))
      continue;
    SmallVector<const Term *> group;
    for (const Term &term : terms)
      if (term.rows == first.rows) {
        group.push_back(&term);
        done.insert(&term);
      }
    Value value = sumOf(sum, group, builder);
    Equation scale;
    scale.inputs = {equation.result};
    scale.result = equation.result;
    SmallVector<Value> factors{value};
    for (const RowFactor &row : first.rows) {
      scale.inputs.push_back(named(row.labels));
      factors.push_back(row.value);
    }
    if (factors.size() > 1)
      value = EinsumOp::create(builder, loc, sum.getType(), scale, factors, Value(), [](char) { return Value(); });
    total = total ? arith::AddFOp::create(builder, loc, total, value) : value;
  }
  sum.getResult().replaceAllUsesWith(total);
  sum.erase();
}

void RowSumExpander::run() {
  findDependents();
  for (Operation *op : stream.ops) {
    if (!isSum(op))
      continue;
    auto sum = cast<EinsumOp>(op);
    Equation equation = sum.getLabels();
    std::string own = allLabels(sum.getInputs()[0]);
    SmallVector<std::string> labels(sum.getInputs().size(), own);
    std::optional<Terms> terms = expandProduct(SmallVector<Value>(sum.getInputs()), labels, own);
    // Every product keeps something to sum.
    if (terms && llvm::any_of(*terms, [](const Term &term) { return !term.rows.empty(); }) &&
        llvm::none_of(*terms, [](const Term &term) { return term.pairs.empty(); }))
      replace(sum, *terms);
  }
}

void expandRowSums(Block &block, ArrayRef<Stream> streams) {
  for (const Stream &stream : streams)
    RowSumExpander(block, stream).run();
}

} // namespace theria::streaming
