//===- RelateCoordinates.cpp - positions are compared within tiles --------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// r·row + c·column + x < 0 is c·column < −x − r·row, where rows and columns count within a tile: small numbers of 32
// bits, if x, which all pairs of the tile share, is cut where no pair's side changes. A thread then holds a number for
// each of its rows and each of its columns instead of two for each pair.
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"

#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_RELATECOORDINATES
#include "lib/Codegen/GPU/Passes.h.inc"

namespace {

/// rows·(a row's number) + columns·(a column's number) + the sum of scalars.
struct Position {
  int64_t rows = 0, columns = 0, constant = 0;
  SmallVector<std::pair<Value, int64_t>> scalars;
};

} // namespace

/// Adds a tile of positions, `sign` times; false where it is none.
static bool addPosition(Value tile, int64_t sign, Position &sum) {
  DenseElementsAttr constant;
  Operation *op = tile.getDefiningOp();
  if (matchPattern(tile, m_Constant(&constant)) && constant.isSplat()) {
    sum.constant += sign * constant.getSplatValue<APInt>().getSExtValue();
    return true;
  }
  if (isa_and_present<arith::AddIOp, arith::SubIOp>(op))
    return addPosition(op->getOperand(0), sign, sum) &&
           addPosition(op->getOperand(1), isa<arith::SubIOp>(op) ? -sign : sign, sum);
  auto spread = dyn_cast_or_null<vector::BroadcastOp>(op);
  if (!spread)
    return false;
  auto from = dyn_cast<VectorType>(spread.getSourceType());
  if (!from) {
    sum.scalars.push_back({spread.getSource(), sign});
    return true;
  }
  if (auto shaped = spread.getSource().getDefiningOp<vector::ShapeCastOp>();
      shaped && shaped.getSource().getDefiningOp<vector::StepOp>() && from.getRank() == 2) {
    (from.getDimSize(1) == 1 ? sum.rows : sum.columns) += sign;
    return true;
  }
  const bool isStep = spread.getSource().getDefiningOp<vector::StepOp>() && from.getRank() == 1;
  sum.columns += isStep ? sign : 0;
  return isStep;
}

/// `factor` times the numbers of rows, or of columns, as a line of i32.
static Value lineOf(OpBuilder &builder, Location loc, VectorType line, int64_t factor) {
  Type i32 = builder.getI32Type(), index = builder.getIndexType();
  Value step = vector::StepOp::create(builder, loc, VectorType::get({line.getNumElements()}, index));
  Value shaped = vector::ShapeCastOp::create(builder, loc, line, step);
  Value numbers = arith::IndexCastOp::create(builder, loc, line.clone(i32), shaped);
  Value factors = arith::ConstantOp::create(
      builder, loc, DenseElementsAttr::get(line.clone(i32), builder.getI32IntegerAttr(int32_t(factor)).getValue()));
  return builder.createOrFold<arith::MulIOp>(loc, numbers, factors);
}

static LogicalResult relate(arith::CmpIOp op, PatternRewriter &rewriter) {
  auto type = dyn_cast<VectorType>(op.getLhs().getType());
  const bool isUnsigned = op.getPredicate() >= arith::CmpIPredicate::ult;
  Position sum;
  if (!type || type.getRank() != 2 || !type.getElementType().isIndex() || isUnsigned ||
      !addPosition(op.getLhs(), 1, sum) || !addPosition(op.getRhs(), -1, sum) || (sum.rows == 0 && sum.columns == 0))
    return failure();
  Location loc = op.getLoc();
  auto number = [&](int64_t value) -> Value { return arith::ConstantIndexOp::create(rewriter, loc, value); };
  // What columns are compared with, in the tile's first row.
  Value limit = number(-sum.constant);
  for (auto [scalar, sign] : sum.scalars)
    limit = rewriter.createOrFold<arith::AddIOp>(loc, limit,
                                                 rewriter.createOrFold<arith::MulIOp>(loc, scalar, number(-sign)));
  // Beyond what any row and column of a tile add up to.
  constexpr int64_t far = 1 << 24;
  limit = rewriter.createOrFold<arith::MinSIOp>(loc, limit, number(far));
  limit = rewriter.createOrFold<arith::MaxSIOp>(loc, limit, number(-far));
  Type i32 = rewriter.getI32Type();
  auto rowLine = VectorType::get({type.getDimSize(0), 1}, rewriter.getIndexType());
  auto columnLine = VectorType::get({1, type.getDimSize(1)}, rewriter.getIndexType());
  Value near = arith::IndexCastOp::create(rewriter, loc, i32, limit);
  Value limits = vector::BroadcastOp::create(rewriter, loc, rowLine.clone(i32), near);
  if (sum.rows)
    limits = arith::AddIOp::create(rewriter, loc, limits, lineOf(rewriter, loc, rowLine, -sum.rows));
  auto spread = [&](Value line) -> Value { return vector::BroadcastOp::create(rewriter, loc, type.clone(i32), line); };
  Value columns = lineOf(rewriter, loc, columnLine, sum.columns);
  rewriter.replaceOpWithNewOp<arith::CmpIOp>(op, op.getPredicate(), spread(columns), spread(limits));
  return success();
}

namespace {

struct RelateCoordinates : impl::RelateCoordinatesBase<RelateCoordinates> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add(relate);
    const FrozenRewritePatternSet frozen(std::move(patterns));
    getOperation()->walk([&](scf::ForallOp sweep) {
      if (failed(applyPatternsGreedily(sweep.getRegion(), frozen)))
        signalPassFailure();
    });
  }
};

} // namespace
} // namespace theria::gpu
