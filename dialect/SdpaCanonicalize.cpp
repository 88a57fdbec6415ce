//===- SdpaCanonicalize.cpp - clauses of attention that say nothing -------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Only of sdpa itself: its explicit derivatives list a tangent or a cotangent for each operand.
//
//===----------------------------------------------------------------------===//

#include "dialect/Folds.h"
#include "dialect/SdpaClauses.h"

using namespace mlir;

namespace theria {

static Value yielded(Region &region) { return cast<YieldOp>(region.front().getTerminator()).getValue(); }

static void removeRegion(PatternRewriter &rewriter, Region &region, MutableOperandRange captures) {
  rewriter.eraseBlock(&region.front());
  captures.clear();
}

/// Removes captured values whose argument is not used; `own` counts the arguments of the region itself.
static bool removeUnusedCaptures(Region &region, MutableOperandRange captures, unsigned own) {
  bool changed = false;
  for (unsigned number = captures.size(); number-- > 0;)
    if (region.getArgument(own + number).use_empty()) {
      captures.erase(number);
      region.front().eraseArgument(own + number);
      changed = true;
    }
  return changed;
}

/// A score that passes through, and a predicate that is true everywhere.
static bool simplifyRegions(SdpaOp op, PatternRewriter &rewriter) {
  bool changed = false;
  if (Region &score = op.getScore(); !score.empty()) {
    bool same = yielded(score) == score.getArgument(0);
    changed |= removeUnusedCaptures(score, op.getScoreCapturesMutable(), 5) || same;
    if (same)
      removeRegion(rewriter, score, op.getScoreCapturesMutable());
  }
  if (Region &where = op.getWhere(); !where.empty()) {
    bool always = isUniformly(yielded(where), 1);
    changed |= removeUnusedCaptures(where, op.getWhereCapturesMutable(), 4) || always;
    if (always)
      removeRegion(rewriter, where, op.getWhereCapturesMutable());
  }
  return changed;
}

/// A constant scale, a mask of true, a bias of zero.
static bool simplifyOperands(SdpaOp op) {
  bool changed = false;
  if (op.getScale())
    if (auto scale = dyn_cast_or_null<FloatAttr>(getUniformConstant(op.getScale()))) {
      op.setScaleValueAttr(Builder(op.getContext()).getF64FloatAttr(scale.getValueAsDouble()));
      op.getScaleMutable().clear();
      changed = true;
    }
  if (op.getMask() && isUniformly(op.getMask(), 1)) {
    op.getMaskMutable().clear();
    changed = true;
  }
  if (op.getBias() && isUniformlyZero(op.getBias())) {
    op.getBiasMutable().clear();
    changed = true;
  }
  return changed;
}

LogicalResult SdpaOp::canonicalize(SdpaOp op, PatternRewriter &rewriter) {
  rewriter.startOpModification(op);
  bool operands = simplifyOperands(op), regions = simplifyRegions(op, rewriter);
  if (!operands && !regions) {
    rewriter.cancelOpModification(op);
    return failure();
  }
  rewriter.finalizeOpModification(op);
  return success();
}

} // namespace theria
