//===- FormKernels.cpp - launches of sweeps and of operations on arrays ---===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Frame.h"
#include "lib/Codegen/GPU/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace theria::gpu {
#define GEN_PASS_DEF_FORMKERNELS
#include "lib/Codegen/GPU/Passes.h.inc"

namespace {

/// A launch of blocks of threads, and the number of the block within it.
struct Launch {
  mlir::gpu::LaunchOp op;
  Value block, thread;
};

class KernelFormer {
public:
  explicit KernelFormer(MLIRContext *context) : rewriter(context) {}
  void form(scf::ForallOp sweep);
  void form(linalg::LinalgOp op);
  void form(memref::CopyOp op);

private:
  Launch launch(Location loc, StringRef kind, Value blocks, int64_t threads);
  Value index(Location loc, int64_t number) { return arith::ConstantIndexOp::create(rewriter, loc, number); }
  /// The positions of a linear number in loops of these lengths, the last one fastest.
  SmallVector<Value> positions(Location loc, Value number, ArrayRef<Value> lengths);

  SmallVector<Value> elementOf(linalg::LinalgOp op, OpOperand &operand, ArrayRef<Value> iteration);

  IRRewriter rewriter;
  unsigned kernels = 0;
};

struct FormKernels : impl::FormKernelsBase<FormKernels> {
  void runOnOperation() override;
};

} // namespace

/// Threads of a block of an operation on whole arrays.
static constexpr int64_t kThreads = 256;

/// A launch whose body is still empty; its kernel is named by what it does and a number.
Launch KernelFormer::launch(Location loc, StringRef kind, Value blocks, int64_t threads) {
  Value one = index(loc, 1);
  auto op = mlir::gpu::LaunchOp::create(rewriter, loc, blocks, one, one, index(loc, threads), one, one);
  op.setModuleAttr(FlatSymbolRefAttr::get(rewriter.getContext(), kKernels));
  op.setFunctionAttr(FlatSymbolRefAttr::get(rewriter.getContext(), (kind + Twine(kernels++)).str()));
  rewriter.setInsertionPointToEnd(&op.getBody().front());
  mlir::gpu::TerminatorOp::create(rewriter, loc);
  rewriter.setInsertionPointToStart(&op.getBody().front());
  return {op, op.getBlockIds().x, op.getThreadIds().x};
}

SmallVector<Value> KernelFormer::positions(Location loc, Value number, ArrayRef<Value> lengths) {
  SmallVector<Value> places(lengths.size());
  for (size_t loop = lengths.size(); loop-- > 0;) {
    places[loop] = loop ? Value(arith::RemUIOp::create(rewriter, loc, number, lengths[loop])) : number;
    if (loop)
      number = arith::DivUIOp::create(rewriter, loc, number, lengths[loop]);
  }
  return places;
}

static Value product(OpBuilder &builder, Location loc, ArrayRef<Value> lengths) {
  Value all = arith::ConstantIndexOp::create(builder, loc, 1);
  for (Value length : lengths)
    all = builder.createOrFold<arith::MulIOp>(loc, all, length);
  return all;
}

/// Whether one value is computed from another.
static bool dependsOn(Value value, Value other) {
  Operation *op = value.getDefiningOp();
  return value == other ||
         (op && llvm::any_of(op->getOperands(), [&](Value operand) { return dependsOn(operand, other); }));
}

/// Whether later blocks have longer loops, which end later and begin where all do.
static bool hasGrowingLoops(scf::ForallOp sweep) {
  Value block = sweep.getInductionVars().back();
  return llvm::any_of(sweep.getBody()->getOps<scf::ForOp>(), [&](scf::ForOp loop) {
    return dependsOn(loop.getUpperBound(), block) && !dependsOn(loop.getLowerBound(), block);
  });
}

void KernelFormer::form(scf::ForallOp sweep) {
  Location loc = sweep.getLoc();
  rewriter.setInsertionPoint(sweep);
  SmallVector<Value> lengths = sweep.getUpperBound(rewriter);
  Launch kernel = launch(loc, kSweep, product(rewriter, loc, lengths), Frame::lanes);
  SmallVector<Value> places = positions(loc, kernel.block, lengths);
  // The longest first, so that none is left to run alone at the end.
  if (hasGrowingLoops(sweep))
    places.back() = arith::SubIOp::create(
        rewriter, loc, arith::SubIOp::create(rewriter, loc, lengths.back(), places.back()), index(loc, 1));
  Block *body = sweep.getBody();
  rewriter.eraseOp(body->getTerminator());
  rewriter.inlineBlockBefore(body, kernel.op.getBody().front().getTerminator(), places);
  rewriter.eraseOp(sweep);
}

void KernelFormer::form(memref::CopyOp op) {
  rewriter.setInsertionPoint(op);
  auto copy = linalg::makeMemRefCopyOp(rewriter, op.getLoc(), op.getSource(), op.getTarget());
  rewriter.eraseOp(op);
  form(cast<linalg::LinalgOp>(copy.getOperation()));
}

/// Where an operation's iteration finds its element of an array.
SmallVector<Value> KernelFormer::elementOf(linalg::LinalgOp op, OpOperand &operand, ArrayRef<Value> iteration) {
  Location loc = op.getLoc();
  SmallVector<Value> place;
  for (AffineExpr result : op.getMatchingIndexingMap(&operand).getResults()) {
    auto map = AffineMap::get(iteration.size(), 0, result);
    OpFoldResult at = affine::makeComposedFoldedAffineApply(rewriter, loc, map, getAsOpFoldResult(iteration));
    place.push_back(getValueOrCreateConstantIndexOp(rewriter, loc, at));
  }
  return place;
}

/// A thread for each of the parallel iterations, which runs the others in order.
void KernelFormer::form(linalg::LinalgOp op) {
  Location loc = op.getLoc();
  rewriter.setInsertionPoint(op);
  SmallVector<unsigned> parallel, others;
  for (auto [number, kind] : llvm::enumerate(op.getIteratorTypesArray()))
    (linalg::isParallelIterator(kind) ? parallel : others).push_back(number);
  SmallVector<Value> ranges;
  for (const Range &range : op.createLoopRanges(rewriter, loc))
    ranges.push_back(getValueOrCreateConstantIndexOp(rewriter, loc, range.size));
  SmallVector<Value> lengths = llvm::map_to_vector(parallel, [&](unsigned loop) { return ranges[loop]; });
  Value total = product(rewriter, loc, lengths), threads = index(loc, kThreads);
  Launch kernel = launch(loc, kLoop, rewriter.createOrFold<arith::CeilDivUIOp>(loc, total, threads), kThreads);
  Value number =
      arith::AddIOp::create(rewriter, loc, arith::MulIOp::create(rewriter, loc, kernel.block, threads), kernel.thread);
  Value isThere = arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::ult, number, total);
  auto branch = scf::IfOp::create(rewriter, loc, isThere, /*withElseRegion=*/false);
  rewriter.setInsertionPointToStart(branch.thenBlock());
  SmallVector<Value> places(ranges.size());
  for (auto [loop, place] : llvm::zip(parallel, positions(loc, number, lengths)))
    places[loop] = place;
  for (unsigned loop : others) {
    auto inner = scf::ForOp::create(rewriter, loc, index(loc, 0), ranges[loop], index(loc, 1));
    rewriter.setInsertionPointToStart(inner.getBody());
    places[loop] = inner.getInductionVar();
  }
  SmallVector<Value> operands;
  for (OpOperand &operand : op->getOpOperands()) {
    if (op.isScalar(&operand)) {
      operands.push_back(operand.get());
      continue;
    }
    operands.push_back(memref::LoadOp::create(rewriter, loc, operand.get(), elementOf(op, operand, places)));
  }
  IRMapping mapping;
  Block &body = op->getRegion(0).front();
  mapping.map(body.getArguments(), operands);
  for (Operation &inner : body.without_terminator())
    if (auto position = dyn_cast<linalg::IndexOp>(inner))
      mapping.map(position.getResult(), places[position.getDim()]);
    else
      rewriter.clone(inner, mapping);
  for (auto [output, value] : llvm::zip(op.getDpsInitsMutable(), body.getTerminator()->getOperands()))
    memref::StoreOp::create(rewriter, loc, mapping.lookupOrDefault(value), output.get(), elementOf(op, output, places));
  rewriter.eraseOp(op);
}

void FormKernels::runOnOperation() {
  SmallVector<Operation *> ops;
  getOperation().walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (!isa<scf::ForallOp, linalg::LinalgOp, memref::CopyOp>(op))
      return WalkResult::advance();
    ops.push_back(op);
    return WalkResult::skip();
  });
  KernelFormer former(&getContext());
  for (Operation *op : ops)
    llvm::TypeSwitch<Operation *>(op)
        .Case<scf::ForallOp, memref::CopyOp>([&](auto one) { former.form(one); })
        .Case([&](linalg::LinalgOp one) { former.form(one); });
}

} // namespace theria::gpu
