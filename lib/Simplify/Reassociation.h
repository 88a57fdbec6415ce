//===- Reassociation.h - finding sums that are computed anyway --*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_SIMPLIFY_REASSOCIATION_H
#define THERIA_LIB_SIMPLIFY_REASSOCIATION_H

#include "lib/Simplify/Product.h"
#include "lib/Simplify/Simplify.h"

namespace theria {

/// Searches for the cheapest way to write a product with an einsum that the function computes anyway.
class ReuseSearch {
public:
  /// Only ways that cost less than `bound` count.
  explicit ReuseSearch(Cost bound) : bound(bound) {}
  bool run(const Product &product);
  /// Builds what `run` found before the product's einsum; moves the reused einsum up where it stands later.
  mlir::Value create(mlir::RewriterBase &rewriter);

private:
  void explore(const Product &product, unsigned depth);
  void tryAll(const Product &product);

  Cost bound;
  std::optional<Product> best;
  EinsumOp reused;
};

} // namespace theria

#endif // THERIA_LIB_SIMPLIFY_REASSOCIATION_H
