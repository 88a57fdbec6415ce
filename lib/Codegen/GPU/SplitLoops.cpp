//===- SplitLoops.cpp - loops without branches on their counters ----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Conditions on a counter that are affine in it hold along one stretch of the loop. What is skipped outside of that
// stretch is a loop along it; a branch is three loops, before the stretch, along it and after it.
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"

#include "mlir/Analysis/FlatLinearValueConstraints.h"
#include "mlir/Dialect/Affine/Utils.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/LoopInvariantCodeMotionUtils.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_SPLITLOOPS
#include "lib/Codegen/GPU/Passes.h.inc"

namespace {

/// Where a condition holds: from all of `firsts` on, and before all of `ends`.
struct Stretch {
  SmallVector<Value> firsts, ends;
  bool isWhole() const { return firsts.empty() && ends.empty(); }
};

/// Finds stretches of a loop; what computes their ends is put before it.
class StretchFinder {
public:
  explicit StretchFinder(scf::ForOp loop) : loop(loop), builder(loop) {}
  std::optional<Stretch> find(Value condition);

private:
  bool add(Value condition, Stretch &stretch);
  bool addNotNegative(AffineExpr expr, Stretch &stretch);
  AffineExpr expressionOf(Value value);

  scf::ForOp loop;
  OpBuilder builder;
  /// What the symbols of expressions stand for; the counter is dimension 0.
  SmallVector<Value> symbols;
};

struct SplitLoops : impl::SplitLoopsBase<SplitLoops> {
  void runOnOperation() override;
};

} // namespace

/// Null where a value is not affine in the counter.
AffineExpr StretchFinder::expressionOf(Value value) {
  MLIRContext *context = loop.getContext();
  IntegerAttr constant;
  if (value == loop.getInductionVar())
    return getAffineDimExpr(0, context);
  if (matchPattern(value, m_Constant(&constant)))
    return getAffineConstantExpr(constant.getInt(), context);
  if (loop.isDefinedOutsideOfLoop(value)) {
    symbols.push_back(value);
    return getAffineSymbolExpr(symbols.size() - 1, context);
  }
  Operation *op = value.getDefiningOp();
  if (!isa_and_present<arith::AddIOp, arith::SubIOp, arith::MulIOp>(op))
    return {};
  AffineExpr left = expressionOf(op->getOperand(0)), right = expressionOf(op->getOperand(1));
  if (!left || !right)
    return {};
  if (isa<arith::MulIOp>(op))
    return left.isSymbolicOrConstant() && right.isSymbolicOrConstant()       ? AffineExpr()
           : isa<AffineConstantExpr>(left) || isa<AffineConstantExpr>(right) ? left * right
                                                                             : AffineExpr();
  return isa<arith::AddIOp>(op) ? left + right : left - right;
}

/// Solves factor·counter + rest ≥ 0.
bool StretchFinder::addNotNegative(AffineExpr expr, Stretch &stretch) {
  SmallVector<int64_t> factors;
  if (failed(getFlattenedAffineExpr(expr, /*numDims=*/1, symbols.size(), &factors)) ||
      static_cast<size_t>(factors.size()) != symbols.size() + 2 || factors[0] == 0)
    return false;
  AffineExpr rest = expr.replace(getAffineDimExpr(0, loop.getContext()), getAffineConstantExpr(0, loop.getContext()));
  const int64_t factor = std::abs(factors[0]);
  AffineExpr bound = factors[0] > 0 ? (-rest).ceilDiv(factor) : rest.floorDiv(factor) + 1;
  Value value = affine::expandAffineExpr(builder, loop.getLoc(), bound, {}, symbols);
  (factors[0] > 0 ? stretch.firsts : stretch.ends).push_back(value);
  return true;
}

bool StretchFinder::add(Value condition, Stretch &stretch) {
  if (auto both = condition.getDefiningOp<arith::AndIOp>())
    return add(both.getLhs(), stretch) && add(both.getRhs(), stretch);
  if (loop.isDefinedOutsideOfLoop(condition)) {
    stretch.ends.push_back(
        arith::SelectOp::create(builder, loop.getLoc(), condition, loop.getUpperBound(), loop.getLowerBound()));
    return true;
  }
  auto compare = condition.getDefiningOp<arith::CmpIOp>();
  if (!compare || !compare.getLhs().getType().isIndex())
    return false;
  AffineExpr left = expressionOf(compare.getLhs()), right = expressionOf(compare.getRhs());
  if (!left || !right)
    return false;
  switch (compare.getPredicate()) {
  case arith::CmpIPredicate::sle:
    return addNotNegative(right - left, stretch);
  case arith::CmpIPredicate::slt:
    return addNotNegative(right - left - 1, stretch);
  case arith::CmpIPredicate::sge:
    return addNotNegative(left - right, stretch);
  case arith::CmpIPredicate::sgt:
    return addNotNegative(left - right - 1, stretch);
  default:
    return false;
  }
}

std::optional<Stretch> StretchFinder::find(Value condition) {
  Stretch stretch;
  return add(condition, stretch) && !stretch.isWhole() ? std::optional(stretch) : std::nullopt;
}

/// The branch of a loop that is all that it does, where it does anything.
static scf::IfOp skippingBranch(scf::ForOp loop) {
  auto yield = cast<scf::YieldOp>(loop.getBody()->getTerminator());
  auto branch = yield.getNumOperands() ? yield.getOperand(0).getDefiningOp<scf::IfOp>() : scf::IfOp();
  if (!branch || branch->getBlock() != loop.getBody() || branch.getElseRegion().empty() ||
      !llvm::equal(yield.getOperands(), branch.getResults()) ||
      !llvm::equal(branch.elseYield().getOperands(), loop.getRegionIterArgs()))
    return {};
  bool isAll = llvm::all_of(loop.getBody()->without_terminator(),
                            [&](Operation &op) { return &op == branch || isMemoryEffectFree(&op); });
  return isAll && llvm::hasSingleElement(branch.getElseRegion().front()) ? branch : scf::IfOp();
}

/// A branch becomes one of its sides.
static void take(scf::IfOp branch, bool isTrue, RewriterBase &rewriter) {
  Block *side = isTrue ? branch.thenBlock() : branch.elseBlock();
  Operation *yield = side->getTerminator();
  ValueRange results = yield->getOperands();
  rewriter.inlineBlockBefore(side, branch);
  rewriter.replaceOp(branch, results);
  rewriter.eraseOp(yield);
}

static void eraseDead(Block &block, RewriterBase &rewriter) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
    if (isOpTriviallyDead(&op))
      rewriter.eraseOp(&op);
}

template <typename Op> static Value among(OpBuilder &builder, Location loc, Value first, ArrayRef<Value> others) {
  for (Value other : others)
    first = builder.createOrFold<Op>(loc, first, other);
  return first;
}

/// Leaves out what a loop skips.
static void narrow(scf::ForOp loop, RewriterBase &rewriter) {
  scf::IfOp branch = skippingBranch(loop);
  if (!branch)
    return;
  std::optional<Stretch> stretch = StretchFinder(loop).find(branch.getCondition());
  if (!stretch)
    return;
  rewriter.setInsertionPoint(loop);
  loop.setLowerBound(among<arith::MaxSIOp>(rewriter, loop.getLoc(), loop.getLowerBound(), stretch->firsts));
  loop.setUpperBound(among<arith::MinSIOp>(rewriter, loop.getLoc(), loop.getUpperBound(), stretch->ends));
  take(branch, /*isTrue=*/true, rewriter);
  eraseDead(*loop.getBody(), rewriter);
}

/// A copy of a loop along a stretch where a condition holds, or does not.
static scf::ForOp copyLoop(scf::ForOp loop, Value from, Value to, ValueRange inits, Value condition, bool holds,
                           RewriterBase &rewriter) {
  IRMapping mapping;
  auto copy = cast<scf::ForOp>(rewriter.clone(*loop, mapping));
  copy.setLowerBound(from);
  copy.setUpperBound(to);
  copy.getInitArgsMutable().assign(inits);
  OpBuilder::InsertionGuard guard(rewriter);
  for (scf::IfOp branch : llvm::to_vector(copy.getBody()->getOps<scf::IfOp>()))
    if (branch.getCondition() == mapping.lookup(condition) && !branch.getElseRegion().empty())
      take(branch, holds, rewriter);
  eraseDead(*copy.getBody(), rewriter);
  return copy;
}

/// Splits a loop where the condition of a branch changes.
static void split(scf::ForOp loop, RewriterBase &rewriter) {
  auto branches = loop.getBody()->getOps<scf::IfOp>();
  for (scf::IfOp branch : branches) {
    Value condition = branch.getCondition();
    if (loop.isDefinedOutsideOfLoop(condition) || branch.getElseRegion().empty())
      continue;
    std::optional<Stretch> stretch = StretchFinder(loop).find(condition);
    if (!stretch)
      continue;
    Location loc = loop.getLoc();
    rewriter.setInsertionPoint(loop);
    const Value lower = loop.getLowerBound(), upper = loop.getUpperBound();
    auto within = [&](Value least, Value place) -> Value {
      return rewriter.createOrFold<arith::MinSIOp>(loc, rewriter.createOrFold<arith::MaxSIOp>(loc, least, place),
                                                   upper);
    };
    Value first =
        stretch->firsts.empty() ? lower : within(lower, among<arith::MaxSIOp>(rewriter, loc, lower, stretch->firsts));
    Value end =
        stretch->ends.empty() ? upper : within(first, among<arith::MinSIOp>(rewriter, loc, upper, stretch->ends));
    SmallVector<Value> carried(loop.getInitArgs());
    auto along = [&](Value from, Value to, bool holds) {
      carried = SmallVector<Value>(copyLoop(loop, from, to, carried, condition, holds, rewriter).getResults());
    };
    if (!stretch->firsts.empty())
      along(lower, first, /*holds=*/false);
    along(first, end, /*holds=*/true);
    if (!stretch->ends.empty())
      along(end, upper, /*holds=*/false);
    rewriter.replaceOp(loop, carried);
    return;
  }
}

void SplitLoops::runOnOperation() {
  SmallVector<scf::ForOp> loops;
  getOperation()->walk([&](scf::ForOp loop) {
    if (loop->getParentOfType<scf::ForallOp>() && getConstantIntValue(loop.getStep()) == 1)
      loops.push_back(loop);
  });
  IRRewriter rewriter(&getContext());
  for (scf::ForOp loop : loops) {
    moveLoopInvariantCode(loop);
    narrow(loop, rewriter);
    split(loop, rewriter);
  }
}

} // namespace theria::gpu
