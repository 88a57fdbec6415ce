//===- Reductions.cpp - simpler forms of a program ------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-reduce/Reductions.h"

#include "dialect/Theria.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Reducer/ReductionPatternInterface.h"
#include "mlir/Reducer/Tester.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace theria;

namespace {
using Edit = llvm::unique_function<void(Operation *)>;

/// Applied to any operation: its simplest form with which the program stays interesting.
class SimplerForm : public RewritePattern {
public:
  SimplerForm(MLIRContext *context, Tester &tester) : RewritePattern(MatchAnyOpTypeTag(), 1, context), tester(tester) {}

  LogicalResult matchAndRewrite(Operation *op, PatternRewriter &rewriter) const override;

private:
  bool isInteresting(ModuleOp module) const;
  bool isInteresting(Operation *op) const { return isInteresting(op->getParentOfType<ModuleOp>()); }
  LogicalResult erase(Operation *op, PatternRewriter &rewriter) const;
  LogicalResult replace(OpResult result, PatternRewriter &rewriter) const;
  Operation *edit(Operation *op, Edit change, PatternRewriter &rewriter) const;

  Tester &tester;
};
} // namespace

/// Tests a program without what nothing reads: rewriting drops that in the end.
bool SimplerForm::isInteresting(ModuleOp module) const {
  OwningOpRef<ModuleOp> program = module.clone();
  IRRewriter rewriter(module.getContext());
  (void)runRegionDCE(rewriter, program->getOperation()->getRegions());
  return tester.isInteresting(*program).first == Tester::Interestingness::True;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// What a value's uses could read in its place: zeros or ones, then arguments, then the operands.
static SmallVector<Value> substitutes(OpResult result, PatternRewriter &rewriter) {
  Operation *op = result.getOwner();
  SmallVector<Value> found;
  const Type type = result.getType();
  rewriter.setInsertionPoint(op);
  auto shaped = dyn_cast<ShapedType>(type);
  if (getElementTypeOrSelf(type).isIntOrIndexOrFloat() && (!shaped || shaped.hasStaticShape()))
    for (TypedAttr attr : {rewriter.getZeroAttr(type), rewriter.getOneAttr(type)})
      if (attr)
        found.push_back(arith::ConstantOp::create(rewriter, op->getLoc(), attr));
  for (BlockArgument argument : op->getBlock()->getArguments())
    if (argument.getType() == type)
      found.push_back(argument);
  for (Value operand : op->getOperands())
    if (operand.getType() == type && !isa<BlockArgument>(operand))
      found.push_back(operand);
  return found;
}

LogicalResult SimplerForm::replace(OpResult result, PatternRewriter &rewriter) const {
  SmallVector<OpOperand *> uses = llvm::map_to_vector(result.getUses(), [](OpOperand &use) { return &use; });
  const SmallVector<Value> candidates = substitutes(result, rewriter);
  LogicalResult replaced = failure();
  for (Value candidate : candidates) {
    for (OpOperand *use : uses)
      rewriter.modifyOpInPlace(use->getOwner(), [&] { use->set(candidate); });
    if (isInteresting(result.getOwner())) {
      replaced = success();
      break;
    }
    for (OpOperand *use : uses)
      rewriter.modifyOpInPlace(use->getOwner(), [&] { use->set(result); });
  }
  for (Value candidate : candidates)
    if (candidate.use_empty() && candidate.getDefiningOp<arith::ConstantOp>())
      rewriter.eraseOp(candidate.getDefiningOp());
  return replaced;
}

/// Calls and functions stay where nothing reads them, unlike what is pure.
LogicalResult SimplerForm::erase(Operation *op, PatternRewriter &rewriter) const {
  if (!op->use_empty() || op->hasTrait<OpTrait::IsTerminator>())
    return failure();
  auto module = op->getParentOfType<ModuleOp>();
  Operation *next = op->getNextNode();
  Block *block = op->getBlock();
  op->remove();
  const bool interesting = isInteresting(module);
  block->getOperations().insert(next ? next->getIterator() : block->end(), op);
  if (interesting)
    rewriter.eraseOp(op);
  return success(interesting);
}

//===----------------------------------------------------------------------===//
// Masks and clauses
//===----------------------------------------------------------------------===//

/// What can be left out of an operation and leave a valid one.
static SmallVector<Edit> omissions(Operation *op) {
  SmallVector<Edit> edits;
  auto omit = [&](bool isThere, Edit edit) {
    if (isThere)
      edits.push_back(std::move(edit));
  };
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](EinsumOp einsum) {
        omit(bool(einsum.getMask()), [](Operation *copy) {
          cast<EinsumOp>(copy).getMaskMutable().clear();
          cast<EinsumOp>(copy).removeWhereLabelsAttr();
        });
      })
      .Case<LogsumexpOp, ReduceMaxOp>([&](auto reduction) {
        omit(bool(reduction.getMask()),
             [](Operation *copy) { cast<decltype(reduction)>(copy).getMaskMutable().clear(); });
      })
      .Case([&](SdpaOp sdpa) {
        for (auto range : {&SdpaOp::getScaleMutable, &SdpaOp::getBiasMutable, &SdpaOp::getMaskMutable,
                           &SdpaOp::getQueryLengthsMutable, &SdpaOp::getKeyLengthsMutable})
          omit(!(sdpa.*range)().empty(), [range](Operation *copy) { (cast<SdpaOp>(copy).*range)().clear(); });
        for (StringAttr name : {sdpa.getScaleValueAttrName(), sdpa.getCausalAttrName(), sdpa.getWindowAttrName(),
                                sdpa.getSoftcapAttrName()})
          omit(sdpa->hasAttr(name), [name](Operation *copy) { copy->removeAttr(name); });
        for (unsigned region : {0, 1})
          omit(!op->getRegion(region).empty(), [region](Operation *copy) {
            copy->getRegion(region).dropAllReferences();
            copy->getRegion(region).getBlocks().clear();
          });
      });
  return edits;
}

/// The operation, or a copy that takes its place, without one part.
Operation *SimplerForm::edit(Operation *op, Edit change, PatternRewriter &rewriter) const {
  rewriter.setInsertionPoint(op);
  Operation *copy = rewriter.clone(*op);
  change(copy);
  rewriter.replaceAllOpUsesWith(op, copy->getResults());
  Operation *kept = isInteresting(copy) ? copy : op, *dropped = kept == op ? copy : op;
  rewriter.replaceAllOpUsesWith(dropped, kept->getResults());
  rewriter.eraseOp(dropped);
  return kept;
}

LogicalResult SimplerForm::matchAndRewrite(Operation *op, PatternRewriter &rewriter) const {
  if (op->hasTrait<OpTrait::ConstantLike>())
    return failure();
  bool isSimpler = false;
  for (OpResult result : op->getResults())
    isSimpler |= !result.use_empty() && succeeded(replace(result, rewriter));
  if (succeeded(erase(op, rewriter)))
    return success();
  Operation *kept = op;
  for (Edit &change : omissions(op))
    kept = edit(kept, std::move(change), rewriter);
  return success(isSimpler || kept != op);
}

namespace {
class Reductions : public DialectReductionPatternInterface {
public:
  explicit Reductions(Dialect *dialect) : DialectReductionPatternInterface(dialect) {}
  void populateReductionPatterns(RewritePatternSet &) const final {}
  void populateReductionPatternsWithTester(RewritePatternSet &patterns, Tester &tester) const final {
    patterns.add<SimplerForm>(patterns.getContext(), tester);
  }
};
} // namespace

void theria::addReductions(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *, TheriaDialect *dialect) { dialect->addInterfaces<Reductions>(); });
}
