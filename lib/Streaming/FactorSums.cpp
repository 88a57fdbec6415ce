//===- FactorSums.cpp - sums over pairs are added before factors ----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/FactorSums.h"

#include "lib/Streaming/Stream.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace theria::streaming {

namespace {

/// One term of a sum; where it is a factor times a sum over pairs, or such a sum alone, these.
struct Term {
  Value value;
  bool negative;
  Value sum, factor;
  std::string labels; ///< the factor's, with a, b, … for the dimensions of the term

  bool joins(const Term &other) const {
    return sum && other.sum && negative == other.negative && factor == other.factor && labels == other.labels;
  }
};

/// All terms of what additions and subtractions make, of which nothing else needs a part.
class TermSum {
public:
  explicit TermSum(Operation *root) : root(root) { collect(root, false); }
  void factor();

private:
  void collect(Operation *op, bool negative);
  Term termOf(Value value, bool negative) const;
  Value build(ArrayRef<Term> group, OpBuilder &builder);

  Operation *root;
  SmallVector<Term> terms;
  SmallVector<Operation *> dead; ///< what the new terms take the place of, users first
};

} // namespace

static bool isAddition(Operation *op) {
  return isa_and_nonnull<arith::AddFOp, arith::SubFOp>(op) && !isPair(op->getResult(0));
}

/// Whether a value is a sum over pairs for one reader. Of small floats, which end early, a + b may overflow.
static bool isSumOfPairs(Value value) {
  auto einsum = value.getDefiningOp<EinsumOp>();
  return einsum && value.hasOneUse() && touchesPairs(einsum) && !isPair(value) &&
         getElementTypeOrSelf(value.getType()).getIntOrFloatBitWidth() >= 32;
}

/// Labels with a, b, … for those of `result`, in its order.
static std::string renamed(StringRef labels, StringRef result) {
  std::string names;
  for (char label : labels)
    names += Equation::labelAt(result.find(label));
  return names;
}

Term TermSum::termOf(Value value, bool negative) const {
  Operation *op = value.getDefiningOp();
  Term term{value, negative, {}, {}, {}};
  if (!op || op->getBlock() != root->getBlock() || !value.hasOneUse() || isPair(value))
    return term;
  if (isSumOfPairs(value)) {
    term.sum = value;
    return term;
  }
  Equation equation;
  auto einsum = dyn_cast<EinsumOp>(op);
  if (einsum && !einsum.getMask() && einsum.getSizes().empty())
    equation = einsum.getLabels();
  else if (isa<arith::MulFOp>(op) && isa<RankedTensorType>(value.getType())) {
    for (int64_t dim = 0; dim < cast<RankedTensorType>(value.getType()).getRank(); ++dim)
      equation.result += Equation::labelAt(dim);
    equation.inputs = {equation.result, equation.result};
  }
  if (equation.inputs.size() != 2)
    return term;
  for (unsigned number : {0, 1}) {
    StringRef other = equation.inputs[1 - number];
    if (equation.inputs[number] != equation.result || !isSubset(other, equation.result) ||
        !isSumOfPairs(op->getOperand(number)))
      continue;
    return {value, negative, op->getOperand(number), op->getOperand(1 - number), renamed(other, equation.result)};
  }
  return term;
}

void TermSum::collect(Operation *op, bool negative) {
  dead.push_back(op);
  for (auto [number, operand] : llvm::enumerate(op->getOperands())) {
    const bool sign = negative ^ (number == 1 && isa<arith::SubFOp>(op));
    Operation *inner = operand.getDefiningOp();
    if (isAddition(inner) && inner->hasOneUse() && inner->getBlock() == root->getBlock())
      collect(inner, sign);
    else
      terms.push_back(termOf(operand, sign));
  }
}

/// The sum of terms that join, but for their sign.
Value TermSum::build(ArrayRef<Term> group, OpBuilder &builder) {
  const Term &first = group.front();
  if (group.size() == 1)
    return first.value;
  Value sum = first.sum;
  for (const Term &term : group.drop_front())
    sum = arith::AddFOp::create(builder, root->getLoc(), sum, term.sum);
  if (!first.factor)
    return sum;
  for (const Term &term : group)
    dead.push_back(term.value.getDefiningOp());
  IRMapping mapping;
  mapping.map(first.sum, sum);
  return builder.clone(*first.value.getDefiningOp(), mapping)->getResult(0);
}

void TermSum::factor() {
  SmallVector<SmallVector<Term>> groups;
  for (const Term &term : terms) {
    auto *group = llvm::find_if(groups, [&](const auto &known) { return known.front().joins(term); });
    if (group == groups.end())
      groups.push_back({term});
    else
      group->push_back(term);
  }
  if (groups.size() == terms.size())
    return;
  OpBuilder builder(root);
  Value total;
  for (ArrayRef<Term> group : groups) {
    Value value = build(group, builder);
    if (!total) // The first term of additions and subtractions is never subtracted.
      total = value;
    else if (group.front().negative)
      total = arith::SubFOp::create(builder, root->getLoc(), total, value);
    else
      total = arith::AddFOp::create(builder, root->getLoc(), total, value);
  }
  root->getResult(0).replaceAllUsesWith(total);
  for (Operation *op : dead)
    op->erase();
}

void factorSums(func::FuncOp function) {
  SmallVector<Operation *> roots;
  function.walk([&](Operation *op) {
    auto continues = [&](Operation *user) { return isAddition(user) && user->getBlock() == op->getBlock(); };
    if (isAddition(op) && !(op->hasOneUse() && continues(*op->user_begin())))
      roots.push_back(op);
  });
  for (Operation *root : roots)
    TermSum(root).factor();
}

} // namespace theria::streaming
