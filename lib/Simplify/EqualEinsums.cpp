//===- EqualEinsums.cpp - einsums equal up to names and order --------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   einsum "bhij,bhje->bhie" %p, %v = einsum "xkc,xrk->xrc" %v, %p
//
// Labels have no meaning beyond one equation and products commute, so einsums are compared by a key: operands sorted,
// labels named by their first appearance, the result's first.
//
//===----------------------------------------------------------------------===//
#include "lib/Simplify/Product.h"
#include "lib/Simplify/Simplify.h"

#include "mlir/IR/Dominance.h"
#include <algorithm>
#include <map>

using namespace mlir;

namespace theria {

namespace {
/// Labels by first appearance.
class Renaming {
public:
  std::string operator()(StringRef labels) {
    std::string renamed;
    for (char label : labels) {
      size_t at = names.find(label);
      if (at == std::string::npos) {
        at = names.size();
        names += label;
      }
      renamed += char('0' + at);
    }
    return renamed;
  }

private:
  std::string names;
};

struct EinsumKey {
  SmallVector<const void *> values; ///< sorted operands, mask, sizes, type
  std::string labels;
  bool operator<(const EinsumKey &other) const {
    return std::tie(labels, values) < std::tie(other.labels, other.values);
  }
};
} // namespace

/// The labels of one order of the operands.
static std::string rename(const Product &product, ArrayRef<Factor> factors) {
  Renaming renaming;
  std::string text = renaming(product.result);
  for (const Factor &factor : factors)
    text += ',' + renaming(factor.labels);
  return text + '|' + renaming(product.where);
}

/// Operands sorted by value; where one value stands several times, in the order that gives the least text.
static EinsumKey keyOf(EinsumOp op) {
  Product product(op);
  auto byValue = [](const Factor &a, const Factor &b) { return a.value.getImpl() < b.value.getImpl(); };
  auto byValueThenLabels = [](const Factor &a, const Factor &b) {
    return std::make_pair(a.value.getImpl(), StringRef(a.labels)) <
           std::make_pair(b.value.getImpl(), StringRef(b.labels));
  };
  llvm::sort(product.factors, byValueThenLabels);
  EinsumKey key;
  SmallVector<Factor, 4> order = product.factors;
  // Every order keeps the values sorted; there is more than one where a value is repeated.
  do {
    if (!llvm::is_sorted(order, byValue))
      continue;
    std::string text = rename(product, order);
    if (key.labels.empty() || text < key.labels)
      key.labels = text;
  } while (order.size() <= 6 && std::next_permutation(order.begin(), order.end(), byValueThenLabels));
  for (const Factor &factor : product.factors)
    key.values.push_back(factor.value.getAsOpaquePointer());
  key.values.push_back(op.getMask() ? op.getMask().getAsOpaquePointer() : nullptr);
  // A size that the mask has too says nothing new.
  std::string sized = op.getLabels().newLabels();
  llvm::erase_if(sized, [&](char label) { return !op.getType().isDynamicDim(product.result.find(label)); });
  for (auto [label, size] : llvm::zip_equal(sized, op.getSizes()))
    if (!StringRef(product.where).contains(label))
      key.values.push_back(size.getAsOpaquePointer());
  key.values.push_back(op.getType().getAsOpaquePointer());
  return key;
}

bool eliminateEqualEinsums(RewriterBase &rewriter, DominanceInfo &dominance, Operation *root) {
  std::map<EinsumKey, SmallVector<EinsumOp>> known;
  SmallVector<EinsumOp> equal;
  root->walk<WalkOrder::PreOrder>([&](EinsumOp op) {
    SmallVector<EinsumOp> &same = known[keyOf(op)];
    auto earlier = llvm::find_if(
        same, [&](EinsumOp other) { return dominance.properlyDominates(other.getOperation(), op.getOperation()); });
    if (earlier == same.end()) {
      same.push_back(op);
      return;
    }
    rewriter.replaceAllUsesWith(op.getResult(), earlier->getResult());
    equal.push_back(op);
  });
  for (EinsumOp op : equal)
    rewriter.eraseOp(op);
  return !equal.empty();
}

} // namespace theria
