//===- RelaxArithmetic.cpp - arithmetic beside rounded products -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/GPU/TileUses.h"

#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_RELAXARITHMETIC
#include "lib/Codegen/GPU/Passes.h.inc"

/// max (x·c) = c·max x for constants c > 0, to the bit, as rounding keeps the order. What else reads x·c can then be
/// one operation with it.
static LogicalResult scaleMaximum(vector::ShapeCastOp op, PatternRewriter &rewriter) {
  auto most = op.getSource().getDefiningOp<vector::MultiDimReductionOp>();
  auto scaled = most ? most.getSource().getDefiningOp<arith::MulFOp>() : arith::MulFOp();
  SplatElementsAttr factors;
  if (!scaled || !most->hasOneUse() || most.getKind() != vector::CombiningKind::MAXIMUMF ||
      !matchPattern(scaled.getRhs(), m_Constant(&factors)) || !matchPattern(most.getAcc(), m_NegInfFloat()))
    return failure();
  const auto factor = factors.getSplatValue<APFloat>();
  if (!factor.isFiniteNonZero() || factor.isNegative())
    return failure();
  Value unscaled = vector::MultiDimReductionOp::create(rewriter, op.getLoc(), scaled.getLhs(), most.getAcc(),
                                                       most.getReductionMask(), most.getKind());
  VectorType type = op.getResultVectorType();
  Value cast = vector::ShapeCastOp::create(rewriter, op.getLoc(), type, unscaled);
  Value scale = arith::ConstantOp::create(rewriter, op.getLoc(), DenseElementsAttr::get(type, factor));
  rewriter.replaceOpWithNewOp<arith::MulFOp>(op, cast, scale);
  return success();
}

namespace {

struct RelaxArithmetic : impl::RelaxArithmeticBase<RelaxArithmetic> {
  void runOnOperation() override {
    SmallVector<scf::ForallOp> sweeps;
    getOperation()->walk([&](scf::ForallOp sweep) {
      const bool isNarrow = hasAny(sweep, [](Operation *op) {
        auto product = dyn_cast<vector::ContractionOp>(op);
        return product && isForTensorCores(product);
      });
      if (isNarrow)
        sweeps.push_back(sweep);
    });
    RewritePatternSet patterns(&getContext());
    patterns.add(scaleMaximum);
    const FrozenRewritePatternSet frozen(std::move(patterns));
    for (scf::ForallOp sweep : sweeps) {
      if (failed(applyPatternsGreedily(sweep.getRegion(), frozen)))
        return signalPassFailure();
      sweep.walk([](Operation *op) {
        if (auto exp = dyn_cast<math::ExpOp>(op))
          exp.setFastmath(exp.getFastmath() | arith::FastMathFlags::afn);
        else if (isa<arith::AddFOp, arith::SubFOp, arith::MulFOp>(op))
          allow(cast<arith::ArithFastMathInterface>(op), arith::FastMathFlags::contract);
      });
    }
  }

private:
  static void allow(arith::ArithFastMathInterface op, arith::FastMathFlags flag) {
    op->setAttr(op.getFastMathAttrName(),
                arith::FastMathFlagsAttr::get(op->getContext(), op.getFastMathFlagsAttr().getValue() | flag));
  }
};

} // namespace
} // namespace theria::gpu
