//===- FormKernels.cpp - launches of sweeps and of operations on arrays ---===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Frame.h"
#include "lib/Codegen/GPU/Lanes.h"
#include "lib/Codegen/GPU/Passes.h"

#include "mlir/Analysis/SliceAnalysis.h"
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

/// What a thread or a warp does of the iterations of an operation: where it is along parallel loops, and the other
/// loops.
struct Iterations {
  SmallVector<Value> ranges, places;
  SmallVector<unsigned> others;
  Value thread;
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
  Value load(linalg::LinalgOp op, OpOperand &operand, ArrayRef<Value> places) {
    return memref::LoadOp::create(rewriter, op.getLoc(), operand.get(), elementOf(op, operand, places));
  }
  SmallVector<Value> compute(linalg::LinalgOp op, ArrayRef<Value> places, ValueRange before);
  void formShared(linalg::LinalgOp op, ArrayRef<Operation *> combiners, const Iterations &all);
  void formAlone(linalg::LinalgOp op, const Iterations &all);

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

/// How the results that add up along what lies side by side in memory are combined, where lanes can share that; none
/// elsewhere.
static SmallVector<Operation *> sharedCombiners(linalg::LinalgOp op) {
  SmallVector<unsigned> reduced;
  op.getReductionDims(reduced);
  if (reduced.size() != 1)
    return {};
  const unsigned along = reduced.front();
  const bool isSideBySide = llvm::any_of(op.getDpsInputOperands(), [&](OpOperand *input) {
    AffineMap map = op.getMatchingIndexingMap(input);
    return map.getNumResults() && map.getResults().back() == getAffineDimExpr(along, op.getContext());
  });
  SmallVector<Operation *> combiners;
  for (auto [number, output] : llvm::enumerate(op.getDpsInitsMutable())) {
    if (op.getMatchingIndexingMap(&output).isFunctionOfDim(along))
      continue;
    SmallVector<Operation *> found;
    if (!isExchanged(getElementTypeOrSelf(output.get().getType())) ||
        !matchReduction(op.getRegionOutputArgs(), number, found) || found.size() != 1 ||
        found.front()->getNumOperands() != 2 || !arith::getNeutralElement(found.front()))
      return {};
    combiners.push_back(found.front());
  }
  return isSideBySide ? combiners : SmallVector<Operation *>();
}

/// What the body of an operation makes of its inputs and of results so far.
SmallVector<Value> KernelFormer::compute(linalg::LinalgOp op, ArrayRef<Value> places, ValueRange before) {
  SmallVector<Value> operands;
  for (OpOperand *input : op.getDpsInputOperands())
    operands.push_back(op.isScalar(input) ? input->get() : load(op, *input, places));
  llvm::append_range(operands, before);
  IRMapping mapping;
  Block &body = op->getRegion(0).front();
  mapping.map(body.getArguments(), operands);
  for (Operation &inner : body.without_terminator())
    if (auto position = dyn_cast<linalg::IndexOp>(inner))
      mapping.map(position.getResult(), places[position.getDim()]);
    else
      rewriter.clone(inner, mapping);
  return llvm::map_to_vector(body.getTerminator()->getOperands(),
                             [&](Value value) { return mapping.lookupOrDefault(value); });
}

/// A warp for each of the parallel iterations, whose lanes take turns along the sums and combine what they have.
void KernelFormer::formShared(linalg::LinalgOp op, ArrayRef<Operation *> combiners, const Iterations &all) {
  Location loc = op.getLoc();
  const unsigned along = all.others.front();
  Value lane = arith::RemUIOp::create(rewriter, loc, all.thread, index(loc, Frame::lanes));
  Value isFirst = arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::eq, lane, index(loc, 0));
  SmallVector<Value> places = all.places, starts;
  SmallVector<OpOperand *> sums, others;
  for (OpOperand &output : op.getDpsInitsMutable())
    (op.getMatchingIndexingMap(&output).isFunctionOfDim(along) ? others : sums).push_back(&output);
  for (auto [output, combiner] : llvm::zip(sums, combiners)) {
    auto first = scf::IfOp::create(rewriter, loc, combiner->getResultTypes(), isFirst, /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPointToStart(first.thenBlock());
    scf::YieldOp::create(rewriter, loc, load(op, *output, places));
    rewriter.setInsertionPointToStart(first.elseBlock());
    Value neutral = arith::ConstantOp::create(rewriter, loc, *arith::getNeutralElement(combiner));
    scf::YieldOp::create(rewriter, loc, neutral);
    starts.push_back(first.getResult(0));
  }
  auto loop = scf::ForOp::create(rewriter, loc, lane, all.ranges[along], index(loc, Frame::lanes), starts);
  rewriter.setInsertionPointToStart(loop.getBody());
  places[along] = loop.getInductionVar();
  SmallVector<Value> before, after;
  for (OpOperand &output : op.getDpsInitsMutable()) {
    auto sum = llvm::find(sums, &output);
    before.push_back(sum == sums.end() ? load(op, output, places) : loop.getRegionIterArg(sum - sums.begin()));
  }
  for (auto [output, value] : llvm::zip(llvm::make_pointer_range(op.getDpsInitsMutable()), compute(op, places, before)))
    if (llvm::is_contained(sums, output))
      after.push_back(value);
    else
      memref::StoreOp::create(rewriter, loc, value, output->get(), elementOf(op, *output, places));
  if (!after.empty())
    scf::YieldOp::create(rewriter, loc, after);
  rewriter.setInsertionPointAfter(loop);
  for (auto [output, combiner, sum] : llvm::zip(sums, combiners, loop.getResults())) {
    Value all = sum;
    for (int64_t distance = 1; distance < Frame::lanes; distance *= 2) {
      IRMapping mapping;
      mapping.map(combiner->getOperands(), ValueRange{all, exchange(rewriter, loc, all, distance)});
      all = rewriter.clone(*combiner, mapping)->getResult(0);
    }
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPointToStart(scf::IfOp::create(rewriter, loc, isFirst, /*withElseRegion=*/false).thenBlock());
    memref::StoreOp::create(rewriter, loc, all, output->get(), elementOf(op, *output, places));
  }
}

/// One thread runs the other iterations in order.
void KernelFormer::formAlone(linalg::LinalgOp op, const Iterations &all) {
  Location loc = op.getLoc();
  SmallVector<Value> places = all.places;
  for (unsigned loop : all.others) {
    auto inner = scf::ForOp::create(rewriter, loc, index(loc, 0), all.ranges[loop], index(loc, 1));
    rewriter.setInsertionPointToStart(inner.getBody());
    places[loop] = inner.getInductionVar();
  }
  SmallVector<Value> before;
  for (OpOperand &output : op.getDpsInitsMutable())
    before.push_back(load(op, output, places));
  for (auto [output, value] : llvm::zip(op.getDpsInitsMutable(), compute(op, places, before)))
    memref::StoreOp::create(rewriter, loc, value, output.get(), elementOf(op, output, places));
}

/// A thread for each of the parallel iterations, or a warp.
void KernelFormer::form(linalg::LinalgOp op) {
  Location loc = op.getLoc();
  rewriter.setInsertionPoint(op);
  Iterations all;
  SmallVector<unsigned> parallel;
  for (auto [number, kind] : llvm::enumerate(op.getIteratorTypesArray()))
    (linalg::isParallelIterator(kind) ? parallel : all.others).push_back(number);
  for (const Range &range : op.createLoopRanges(rewriter, loc))
    all.ranges.push_back(getValueOrCreateConstantIndexOp(rewriter, loc, range.size));
  const SmallVector<Operation *> combiners = sharedCombiners(op);
  const bool isShared = !combiners.empty();
  const int64_t together = isShared ? kThreads / Frame::lanes : kThreads;
  SmallVector<Value> lengths = llvm::map_to_vector(parallel, [&](unsigned loop) { return all.ranges[loop]; });
  Value total = product(rewriter, loc, lengths), perBlock = index(loc, together);
  Launch kernel = launch(loc, kLoop, rewriter.createOrFold<arith::CeilDivUIOp>(loc, total, perBlock), kThreads);
  all.thread = kernel.thread;
  Value within = isShared ? arith::DivUIOp::create(rewriter, loc, kernel.thread, index(loc, Frame::lanes)).getResult()
                          : kernel.thread;
  Value number =
      arith::AddIOp::create(rewriter, loc, arith::MulIOp::create(rewriter, loc, kernel.block, perBlock), within);
  Value isThere = arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::ult, number, total);
  auto branch = scf::IfOp::create(rewriter, loc, isThere, /*withElseRegion=*/false);
  rewriter.setInsertionPointToStart(branch.thenBlock());
  all.places.resize(all.ranges.size());
  for (auto [loop, place] : llvm::zip(parallel, positions(loc, number, lengths)))
    all.places[loop] = place;
  if (isShared)
    formShared(op, combiners, all);
  else
    formAlone(op, all);
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
