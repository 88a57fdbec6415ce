//===- DeferredSums.cpp - sums that lanes share after a loop --------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop that adds up sums of tiles' rows, or of their columns, and scales what it has by numbers that all lanes of a
// row have, is linear in what a thread adds: each keeps its own part, and lanes and warps meet once, after the loop.
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/TileDistributor.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace theria::gpu {

namespace {

/// What a sum that a loop carries is made of.
class PartsFinder {
public:
  explicit PartsFinder(BlockArgument carried) : carried(carried) {}
  /// Whether a value is the sum of what threads have on their own.
  bool isPart(Value value);
  SmallVector<vector::MultiDimReductionOp> sums;

  /// Whether what the loop carries is among them: it is used once, so that nothing else can depend on it.
  bool seesCarried = false;

private:
  BlockArgument carried;
};

} // namespace

bool PartsFinder::isPart(Value value) {
  if (matchPattern(value, m_AnyZeroFloat()))
    return true;
  if (!value.hasOneUse() || value.getParentBlock() != carried.getOwner())
    return false;
  if (value == carried)
    return seesCarried = true;
  Operation *op = value.getDefiningOp();
  if (auto sum = dyn_cast_or_null<arith::AddFOp>(op))
    return isPart(sum.getLhs()) && isPart(sum.getRhs());
  if (auto scaled = dyn_cast_or_null<arith::MulFOp>(op)) {
    const size_t known = sums.size();
    const bool seenBefore = seesCarried;
    for (Value part : scaled->getOperands()) {
      if (isPart(part))
        return true;
      sums.resize(known);
      seesCarried = seenBefore;
    }
    return false;
  }
  auto shape = dyn_cast_or_null<vector::ShapeCastOp>(op);
  auto sum = shape ? shape.getSource().getDefiningOp<vector::MultiDimReductionOp>() : vector::MultiDimReductionOp();
  if (!sum || !sum->hasOneUse() || sum.getKind() != vector::CombiningKind::ADD ||
      !isa<FloatType>(getElementTypeOrSelf(sum.getType())) || sum.isReducedDim(0) == sum.isReducedDim(1))
    return false;
  sums.push_back(sum);
  return true;
}

/// Marks the sums of a loop's tiles that can wait for its end.
SmallVector<TileDistributor::DeferredSum> TileDistributor::deferSums(scf::ForOp loop) {
  SmallVector<DeferredSum> deferred;
  auto yield = cast<scf::YieldOp>(loop.getBody()->getTerminator());
  for (auto [number, carried] : llvm::enumerate(loop.getRegionIterArgs())) {
    auto type = dyn_cast<VectorType>(carried.getType());
    if (!type || type.getRank() != 2 || !isa<FloatType>(type.getElementType()) ||
        !llvm::is_contained(type.getShape(), 1))
      continue;
    PartsFinder finder(carried);
    if (!finder.isPart(yield.getOperand(number)) || !finder.seesCarried || finder.sums.empty())
      continue;
    VectorType tile = finder.sums.front().getSourceVectorType();
    if (!llvm::all_of(finder.sums, [&](vector::MultiDimReductionOp sum) { return sum.getSourceVectorType() == tile; }))
      continue;
    for (vector::MultiDimReductionOp sum : finder.sums)
      sum->setAttr(kOwnPart, builder.getUnitAttr());
    deferred.push_back({unsigned(number), tile, /*alongRows=*/finder.sums.front().isReducedDim(0)});
  }
  return deferred;
}

/// Of what a loop starts from, the first thread of a row or column has all, in each of the warps that hold the same.
void TileDistributor::shareOut(ArrayRef<DeferredSum> deferred, SmallVector<Value> &inits) {
  for (const DeferredSum &sum : deferred) {
    Value &init = inits[sum.result];
    const bool isShared =
        sum.alongRows ? frame.warpRowsOf(sum.tile.getDimSize(0)) > 1 : frame.warpColsOf(sum.tile.getDimSize(1)) > 1;
    Value isFirst = isOneOf(sum.alongRows && isShared ? 1 : frame.warpRows,
                            !sum.alongRows && isShared ? 1 : frame.warpCols, sum.alongRows, !sum.alongRows);
    Value zero = arith::ConstantOp::create(builder, loc, builder.getZeroAttr(init.getType()));
    init = builder.createOrFold<arith::SelectOp>(loc, isFirst, init, zero);
  }
}

/// After a loop: what all threads have added up.
void TileDistributor::combineDeferred(ArrayRef<DeferredSum> deferred, scf::ForOp old) {
  for (const DeferredSum &sum : deferred) {
    Value tile = old.getResult(sum.result), held = piece(tile);
    auto type = cast<VectorType>(held.getType());
    SmallVector<Value> parts;
    for (int64_t row = 0; row < type.getDimSize(0); ++row)
      for (int64_t col = 0; col < type.getDimSize(1); ++col)
        parts.push_back(element(held, row, col));
    give(tile, assemble(type, combineThreads(vector::CombiningKind::ADD, std::move(parts), sum.tile, sum.alongRows)));
  }
}

} // namespace theria::gpu
