//===- Distribute.cpp - operations on whole tensors, in parts -------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::cpu {
#define GEN_PASS_DEF_DISTRIBUTE
#include "lib/Codegen/CPU/Passes.h.inc"

/// Iterations of a part, about: what they take hides the start of a thread.
static constexpr int64_t kIterationsOfPart = 1 << 15;
/// What is assumed of an unknown size.
static constexpr int64_t kNominalSize = 256;

namespace {

struct Distribute : impl::DistributeBase<Distribute> {
  void runOnOperation() override;
};

} // namespace

/// The number of parts along each loop, 0 for one that stays whole; nothing where one part is enough.
static SmallVector<OpFoldResult> countParts(OpBuilder &builder, linalg::LinalgOp op) {
  Location loc = op.getLoc();
  SmallVector<Range> domain = cast<TilingInterface>(op.getOperation()).getIterationDomain(builder);
  SmallVector<utils::IteratorType> iterators = op.getIteratorTypesArray();
  double inner = 1;
  for (const Range &range : domain)
    inner *= getConstantIntValue(range.size).value_or(kNominalSize);
  SmallVector<OpFoldResult> parts(domain.size(), builder.getIndexAttr(0));
  bool several = false;
  for (auto [loop, range] : llvm::enumerate(domain)) {
    const double size = getConstantIntValue(range.size).value_or(kNominalSize);
    if (iterators[loop] != utils::IteratorType::parallel || size <= 1)
      continue;
    if (inner < 2 * kIterationsOfPart)
      break;
    inner /= size;
    // As many iterations of this loop as make a part.
    const int64_t step = std::max<int64_t>(1, int64_t(kIterationsOfPart / inner));
    AffineExpr whole = builder.getAffineSymbolExpr(0);
    parts[loop] = affine::makeComposedFoldedAffineApply(builder, loc, whole.ceilDiv(step), {range.size});
    several = true;
  }
  return several ? parts : SmallVector<OpFoldResult>();
}

static LogicalResult distribute(RewriterBase &rewriter, linalg::LinalgOp op) {
  rewriter.setInsertionPoint(op);
  SmallVector<OpFoldResult> parts = countParts(rewriter, op);
  if (parts.empty())
    return success();
  scf::SCFTilingOptions options;
  options.setLoopType(scf::SCFTilingOptions::LoopType::ForallOp).setNumThreads(parts);
  auto tiled = scf::tileUsingSCF(rewriter, cast<TilingInterface>(op.getOperation()), options);
  if (failed(tiled))
    return failure();
  rewriter.replaceOp(op, tiled->replacements);
  return success();
}

void Distribute::runOnOperation() {
  SmallVector<linalg::LinalgOp> ops;
  getOperation().walk([&](linalg::LinalgOp op) {
    if (op.hasPureTensorSemantics() && op->getNumResults() && !op->getParentOfType<scf::ForallOp>())
      ops.push_back(op);
  });
  IRRewriter rewriter(&getContext());
  for (linalg::LinalgOp op : ops)
    if (failed(distribute(rewriter, op)))
      return signalPassFailure();
}

} // namespace theria::cpu
