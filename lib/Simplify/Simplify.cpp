//===- Simplify.cpp - the pass ---------------------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Simplify/Simplify.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Dominance.h"
#include "mlir/Transforms/CSE.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace theria {

#define GEN_PASS_DEF_SIMPLIFY
#include "lib/Simplify/Passes.h.inc"

// Far above what any operation takes: each rewrite costs less than what it replaces.
static constexpr int64_t rewritesPerOperation = 1000;

namespace {
struct Simplify : impl::SimplifyBase<Simplify> {
  using SimplifyBase::SimplifyBase;

  LogicalResult initialize(MLIRContext *context) override {
    RewritePatternSet all(context);
    populateZeroPatterns(all);
    populateSignPatterns(all);
    populateShapePatterns(all);
    populateFusionPatterns(all);
    populateReassociationPatterns(all);
    if (rowConstants)
      populateRowConstantPatterns(all);
    patterns = std::move(all);
    return success();
  }

  /// Merges equal operations and drops unused ones; patterns compare values, so equal ones must be one value.
  void mergeEqual(IRRewriter &rewriter) {
    bool changed = true;
    while (changed) {
      DominanceInfo dominance;
      (void)runRegionDCE(rewriter, getOperation()->getRegions());
      eliminateCommonSubExpressions(rewriter, dominance, getOperation(), &changed);
      changed |= eliminateEqualEinsums(rewriter, dominance, getOperation());
    }
  }

  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    GreedyRewriteConfig config;
    config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
    bool changed = true;
    while (changed) {
      mergeEqual(rewriter);
      int64_t operations = 0;
      getOperation()->walk([&](Operation *) { ++operations; });
      config.setMaxNumRewrites(maxRewrites ? int64_t(maxRewrites) : rewritesPerOperation * (operations + 1));
      if (succeeded(applyPatternsGreedily(getOperation(), patterns, config, &changed)))
        continue;
      getOperation()->emitWarning() << "expected the algebra to reach an end, but it still rewrites after "
                                    << config.getMaxIterations() << " sweeps of " << config.getMaxNumRewrites()
                                    << " rewrites; the program is right, but may be slow";
      return;
    }
  }

  FrozenRewritePatternSet patterns;
};
} // namespace

} // namespace theria
