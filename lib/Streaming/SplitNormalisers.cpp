//===- SplitNormalisers.cpp - exponentials divided after the sum ----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Passes.h"

#include "dialect/Folds.h"
#include "dialect/Theria.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace theria::streaming {
#define GEN_PASS_DEF_SPLITNORMALISERS
#include "lib/Streaming/Passes.h.inc"

namespace {

/// One logsumexp over columns, taken apart.
struct Normaliser {
  Value scores, mask;
  Value shift;       ///< the maximum of a row, 0 where it is infinite
  Value exponential; ///< exp(scores − shift)
  Value total;       ///< the sum of exponentials of a row
  Value logsumexp;
};

struct SplitNormalisers : impl::SplitNormalisersBase<SplitNormalisers> {
  void runOnOperation() override;
};

} // namespace

static constexpr double infinity = std::numeric_limits<double>::infinity();

/// Labels a, b, … for the dimensions of a tensor, without one of them.
static std::string labelsWithout(int64_t rank, int64_t dim) {
  std::string labels;
  for (int64_t position = 0; position < rank; ++position)
    if (position != dim)
      labels += Equation::labelAt(position);
  return labels;
}

/// A row value repeated along dimension `dim` of `like`.
static Value repeat(OpBuilder &builder, Location loc, Value row, RankedTensorType type, int64_t dim, LogsumexpOp op) {
  Equation equation;
  equation.inputs = {labelsWithout(type.getRank(), dim)};
  equation.result = labelsWithout(type.getRank(), -1);
  return EinsumOp::create(builder, loc, type, equation, row, Value(),
                          [&](char) { return createDim(builder, loc, op.getInput(), dim); });
}

static Normaliser split(LogsumexpOp op) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  int64_t dim = op.getDim();
  auto pairs = cast<RankedTensorType>(op.getInput().getType());
  auto rows = cast<RankedTensorType>(op.getResult().getType());
  Value max = ReduceMaxOp::create(builder, loc, rows, op.getInput(), op.getMask(), dim);
  Value limit = createConstant(builder, loc, infinity, rows, max);
  Value zero = createConstant(builder, loc, 0, rows, max);
  Value size = math::AbsFOp::create(builder, loc, max);
  Value finite = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLT, size, limit);
  Value shift = arith::SelectOp::create(builder, loc, finite, max, zero);
  Value shifted = arith::SubFOp::create(builder, loc, op.getInput(), repeat(builder, loc, shift, pairs, dim, op));
  Value exponential = math::ExpOp::create(builder, loc, shifted);
  Equation sum;
  sum.inputs = {labelsWithout(pairs.getRank(), -1)};
  sum.result = labelsWithout(pairs.getRank(), dim);
  sum.where = op.getMask() ? sum.inputs.front() : "";
  Value total = EinsumOp::create(builder, loc, rows, sum, exponential, op.getMask(), [](char) { return Value(); });
  Value log = math::LogOp::create(builder, loc, total);
  Value result = arith::SelectOp::create(builder, loc, finite, arith::AddFOp::create(builder, loc, shift, log), max);
  return {op.getInput(), op.getMask(), shift, exponential, total, result};
}

/// Whether `value` is the normaliser, 0 standing for −∞: finite on every row that has a live element.
static bool isGuarded(Value value, Value logsumexp) {
  auto select = value.getDefiningOp<arith::SelectOp>();
  auto compare = select ? select.getCondition().getDefiningOp<arith::CmpFOp>() : arith::CmpFOp();
  if (!compare || select.getFalseValue() != logsumexp || compare.getLhs() != logsumexp ||
      compare.getPredicate() != arith::CmpFPredicate::OEQ)
    return false;
  auto empty = dyn_cast_or_null<FloatAttr>(getUniformConstant(compare.getRhs()));
  return empty && empty.getValue().isNegInfinity() && isUniformlyZero(select.getTrueValue());
}

/// Whether nothing outside the mask is seen of the pairs that depend on `value`.
static bool isSeenUnder(Value mask, Value value, llvm::SmallPtrSetImpl<Operation *> &seen) {
  return llvm::all_of(value.getUsers(), [&](Operation *user) {
    if (!seen.insert(user).second)
      return true;
    Value other;
    if (auto einsum = dyn_cast<EinsumOp>(user))
      other = einsum.getMask();
    else if (isa<LogsumexpOp, ReduceMaxOp>(user))
      other = user->getNumOperands() > 1 ? user->getOperand(1) : Value();
    else if (!OpTrait::hasElementwiseMappableTraits(user))
      return false;
    if (other == mask)
      return true;
    return getPair(user->getResult(0).getType()) && isSeenUnder(mask, user->getResult(0), seen);
  });
}

/// exp(scores − c) for the guarded normaliser c becomes exponential·r; returns the products and r. Not r = exp(shift −
/// c): where scores are large, c has lost the digits of log total.
static Value normalise(const Normaliser &normaliser, math::ExpOp op) {
  auto difference = op.getOperand().getDefiningOp<arith::SubFOp>();
  if (!difference || difference.getLhs() != normaliser.scores)
    return {};
  auto broadcast = difference.getRhs().getDefiningOp<EinsumOp>();
  if (!broadcast || broadcast.getInputs().size() != 1 || !isGuarded(broadcast.getInputs()[0], normaliser.logsumexp))
    return {};
  llvm::SmallPtrSet<Operation *, 16> seen;
  if (broadcast.getMask() && (broadcast.getMask() != normaliser.mask || !isSeenUnder(normaliser.mask, op, seen)))
    return {};
  OpBuilder builder(op);
  Location loc = op.getLoc();
  auto rows = cast<RankedTensorType>(normaliser.total.getType());
  Value one = createConstant(builder, loc, 1, rows, normaliser.total);
  // A total is at least 1, the term of the maximum, but 0 where nothing is live.
  Value divisor = arith::MaximumFOp::create(builder, loc, normaliser.total, one);
  Value row = arith::DivFOp::create(builder, loc, one, divisor);
  auto factor = cast<EinsumOp>(builder.clone(*broadcast));
  factor.getInputsMutable().assign(row);
  factor.getMaskMutable().clear();
  factor.removeWhereLabelsAttr();
  Value product = arith::MulFOp::create(builder, loc, normaliser.exponential, factor);
  op.replaceAllUsesWith(product);
  op.erase();
  return product;
}

using Values = llvm::SmallPtrSet<void *, 32>;

/// What depends on a value.
static void collectDependents(Value value, Values &dependents) {
  for (Operation *user : value.getUsers())
    for (Value result : user->getResults())
      if (dependents.insert(result.getAsOpaquePointer()).second)
        collectDependents(result, dependents);
}

/// `value` divided by the factor of which `product` = exponential·factor; null where it has no such factor, or waits
/// for the normaliser all the same, being among its dependents in another way.
static Value without(Value value, Value product, const Values &dependents, OpBuilder &builder) {
  Operation *op = value.getDefiningOp();
  if (value == product)
    return op->getOperand(0);
  bool isSum = isa_and_nonnull<arith::AddFOp, arith::SubFOp, arith::NegFOp>(op);
  auto einsum = dyn_cast_or_null<EinsumOp>(op);
  bool isProduct =
      isa_and_nonnull<arith::MulFOp>(op) ||
      (einsum && getPair(value.getType()) && llvm::all_of(einsum.getLabels().inputs, [&](StringRef labels) {
         return isSubset(labels, einsum.getLabels().result);
       }));
  if (!isSum && !isProduct)
    return {};
  SmallVector<Value> operands(op->getOperands());
  bool divided = false;
  for (Value &operand : operands) {
    Value quotient = !getPair(operand.getType()) || (divided && isProduct)
                         ? Value()
                         : without(operand, product, dependents, builder);
    if (!quotient && (isSum || dependents.contains(operand.getAsOpaquePointer())))
      return {};
    divided |= bool(quotient);
    operand = quotient ? quotient : operand;
  }
  if (!divided)
    return {};
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPoint(op);
  Operation *copy = builder.clone(*op);
  copy->setOperands(operands);
  return copy->getResult(0);
}

/// Σ_j (e·r)·x = r·Σ_j e·x, where the sum gives rows.
static void moveOut(EinsumOp op, Value product, const Values &dependents) {
  auto factor = product.getDefiningOp<arith::MulFOp>().getRhs().getDefiningOp<EinsumOp>();
  auto type = cast<RankedTensorType>(product.getType());
  Equation equation = op.getLabels(), broadcast = factor.getLabels();
  for (OpOperand &operand : op->getOpOperands().take_front(op.getInputs().size())) {
    if (!getPair(operand.get().getType()))
      continue;
    OpBuilder builder(op);
    Value quotient = without(operand.get(), product, dependents, builder);
    if (!quotient)
      continue;
    // The factor's labels in this equation.
    StringRef labels = equation.inputs[operand.getOperandNumber()];
    if (int64_t(labels.size()) != type.getRank())
      continue;
    std::string rowLabels;
    for (char label : broadcast.inputs.front())
      rowLabels += labels[broadcast.result.find(label)];
    if (!isSubset(rowLabels, equation.result))
      continue;
    operand.set(quotient);
    builder.setInsertionPointAfter(op);
    Equation scale;
    scale.inputs = {equation.result, rowLabels};
    scale.result = equation.result;
    auto scaled =
        EinsumOp::create(builder, op.getLoc(), cast<RankedTensorType>(op.getType()), scale,
                         ValueRange{op.getResult(), factor.getInputs()[0]}, Value(), [](char) { return Value(); });
    op.getResult().replaceAllUsesExcept(scaled, scaled);
    return;
  }
}

void SplitNormalisers::runOnOperation() {
  SmallVector<LogsumexpOp> ops;
  getOperation().walk([&](LogsumexpOp op) {
    PairAttr pair = getPair(op.getInput().getType());
    // Of a small float, logsumexp rounds once, and its parts would at each step.
    if (pair && op.getDim() == pair.getCols() && op.getType().getElementTypeBitWidth() >= 32)
      ops.push_back(op);
  });
  for (LogsumexpOp op : ops) {
    Normaliser normaliser = split(op);
    op.replaceAllUsesWith(normaliser.logsumexp);
    op.erase();
    SmallVector<math::ExpOp> exponentials;
    getOperation().walk([&](math::ExpOp exp) { exponentials.push_back(exp); });
    for (math::ExpOp exp : exponentials) {
      Value product = normalise(normaliser, exp);
      if (!product)
        continue;
      SmallVector<EinsumOp> sums;
      getOperation().walk([&](EinsumOp einsum) {
        if (!getPair(einsum.getType()))
          sums.push_back(einsum);
      });
      Values dependents;
      collectDependents(normaliser.logsumexp, dependents);
      for (EinsumOp sum : sums)
        moveOut(sum, product, dependents);
    }
  }
}

} // namespace theria::streaming
