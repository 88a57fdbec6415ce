//===- LowerEinsum.cpp - einsum to linalg.generic -------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "dialect/Theria.h"
#include "lib/Reference/EinsumPlan.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_LOWEREINSUM
#include "lib/Reference/Passes.h.inc"

namespace {

struct LowerEinsum : impl::LowerEinsumBase<LowerEinsum> {
  void runOnOperation() override;
};

/// A tensor whose dimensions are named by labels.
struct Labelled {
  Value tensor;
  std::string labels;
};

/// Emits the steps of one einsum's plan.
class EinsumLowering {
public:
  explicit EinsumLowering(EinsumOp op) : op(op), builder(op), loc(op.getLoc()), equation(op.getLabels()) {}
  Value lower();

private:
  void findSizes();
  Labelled emit(ArrayRef<Labelled> terms, const EinsumStep &step);
  Value emitLoops(ArrayRef<Labelled> inputs, StringRef kept, StringRef visited, Type element, bool isMasked);
  Labelled reduceMask(StringRef kept);
  Labelled packed(const Labelled &term, char innermost);
  Value init(StringRef labels, Type element, bool isZero);
  Value zero(Type element);
  AffineMap mapOf(StringRef labels, StringRef visited);

  EinsumOp op;
  OpBuilder builder;
  Location loc;
  Equation equation;
  llvm::SmallDenseMap<char, OpFoldResult> sizes;
  Labelled mask;
};

} // namespace

static constexpr int64_t kNominalSize = 1024;

static bool isSmall(Type type) { return isa<BFloat16Type, Float16Type>(type); }

/// The size of every label, static where any tensor has it so.
void EinsumLowering::findSizes() {
  auto add = [&](StringRef labels, RankedTensorType type, function_ref<OpFoldResult(int64_t)> sizeOf) {
    for (auto [dim, label] : llvm::enumerate(labels)) {
      OpFoldResult &size = sizes[label];
      if (!type.isDynamicDim(dim))
        size = builder.getIndexAttr(type.getDimSize(dim));
      else if (!size)
        size = sizeOf(dim);
    }
  };
  auto addTensor = [&](StringRef labels, Value tensor) {
    add(labels, cast<RankedTensorType>(tensor.getType()),
        [&](int64_t dim) { return OpFoldResult(createDim(builder, loc, tensor, dim)); });
  };
  for (auto [labels, input] : llvm::zip_equal(equation.inputs, op.getInputs()))
    addTensor(labels, input);
  auto given = op.getSizes().begin();
  add(equation.result, op.getType(), [&](int64_t) { return OpFoldResult(*given++); });
  if (op.getMask())
    addTensor(equation.where, op.getMask());
}

Value EinsumLowering::zero(Type element) {
  return arith::ConstantOp::create(builder, loc, builder.getZeroAttr(element));
}

Value EinsumLowering::init(StringRef labels, Type element, bool isZero) {
  SmallVector<OpFoldResult> shape;
  for (char label : labels)
    shape.push_back(sizes.lookup(label));
  Value empty = tensor::EmptyOp::create(builder, loc, shape, element);
  if (!isZero)
    return empty;
  return linalg::FillOp::create(builder, loc, zero(element), empty).getResult(0);
}

AffineMap EinsumLowering::mapOf(StringRef labels, StringRef visited) {
  SmallVector<AffineExpr> dims;
  for (char label : labels)
    dims.push_back(builder.getAffineDimExpr(visited.find(label)));
  return AffineMap::get(visited.size(), 0, dims, builder.getContext());
}

/// One linalg.generic: the product of `inputs`, the last of which is a mask
/// where `isMasked`, summed over the labels of `visited` that are not `kept`.
/// Masks alone are combined by or.
Value EinsumLowering::emitLoops(ArrayRef<Labelled> inputs, StringRef kept, StringRef visited, Type element,
                                bool isMasked) {
  bool sums = !isSubset(visited, kept);
  SmallVector<Value> tensors;
  SmallVector<AffineMap> maps;
  for (const Labelled &input : inputs) {
    tensors.push_back(input.tensor);
    maps.push_back(mapOf(input.labels, visited));
  }
  maps.push_back(mapOf(kept, visited));
  SmallVector<utils::IteratorType> iterators;
  for (char label : visited)
    iterators.push_back(kept.contains(label) ? utils::IteratorType::parallel : utils::IteratorType::reduction);
  Value out = init(kept, element, sums);
  auto body = [&](OpBuilder &inner, Location loc, ValueRange values) {
    ValueRange factors = values.take_front(inputs.size() - isMasked);
    Value product = factors.front();
    for (Value factor : factors.drop_front())
      product = arith::MulFOp::create(inner, loc, product, factor);
    if (isMasked)
      product = arith::SelectOp::create(inner, loc, values[inputs.size() - 1], product, zero(element));
    if (sums && element.isInteger(1))
      product = arith::OrIOp::create(inner, loc, values.back(), product);
    else if (sums)
      product = arith::AddFOp::create(inner, loc, values.back(), product);
    linalg::YieldOp::create(inner, loc, product);
  };
  return linalg::GenericOp::create(builder, loc, out.getType(), tensors, out, maps, iterators, body).getResult(0);
}

/// `term` with `innermost` as its last dimension, where it has that label.
Labelled EinsumLowering::packed(const Labelled &term, char innermost) {
  if (!StringRef(term.labels).contains(innermost) || term.labels.back() == innermost)
    return term;
  std::string labels = subtract(term.labels, StringRef(&innermost, 1)) + innermost;
  Type element = getElementTypeOrSelf(term.tensor.getType());
  return {emitLoops(term, labels, labels, element, /*isMasked=*/false), labels};
}

/// The mask after a sum over the labels that are not `kept`: whether any
/// summed element was true.
Labelled EinsumLowering::reduceMask(StringRef kept) {
  if (mask.labels == kept)
    return mask;
  return {emitLoops(mask, kept, mask.labels, builder.getI1Type(),
                    /*isMasked=*/false),
          kept.str()};
}

Labelled EinsumLowering::emit(ArrayRef<Labelled> terms, const EinsumStep &step) {
  SmallVector<Labelled> inputs(terms);
  if (step.isMasked)
    inputs.push_back(mask);
  std::string all = step.labels;
  for (const Labelled &input : inputs)
    all += subtract(input.labels, all);
  std::string summed = subtract(all, step.labels);
  const Labelled *whole =
      llvm::find_if(inputs, [&](const Labelled &input) { return input.labels.size() == all.size(); });
  std::string visited = whole != inputs.end() ? whole->labels : step.labels + summed;
  // Where loops revisit every operand, they run along memory without carrying a
  // sum: the result's last label is innermost, in every operand too.
  if (whole == inputs.end() && !summed.empty() && !step.labels.empty()) {
    StringRef kept = step.labels;
    visited = (kept.drop_back() + summed + kept.take_back()).str();
    for (Labelled &input : inputs)
      input = packed(input, kept.back());
  }
  Type element = getElementTypeOrSelf(terms.front().tensor.getType());
  return {emitLoops(inputs, step.labels, visited, element, step.isMasked), step.labels};
}

Value EinsumLowering::lower() {
  findSizes();
  Type element = op.getType().getElementType();
  SmallVector<Labelled> terms;
  for (auto [labels, input] : llvm::zip_equal(equation.inputs, op.getInputs())) {
    auto type = cast<RankedTensorType>(input.getType());
    Value wide =
        isSmall(element) ? arith::ExtFOp::create(builder, loc, type.clone(builder.getF32Type()), input) : input;
    terms.push_back({wide, labels});
  }
  mask = {op.getMask(), equation.where};
  auto nominalSize = [&](char label) -> double {
    return getConstantIntValue(sizes.lookup(label)).value_or(kNominalSize);
  };
  for (const EinsumStep &step : planEinsum(equation, bool(op.getMask()), nominalSize)) {
    SmallVector<Labelled> chosen;
    for (unsigned position : step.terms)
      chosen.push_back(terms[position]);
    terms.push_back(emit(chosen, step));
    if (step.isMasked)
      mask = reduceMask(step.where);
  }
  Value result = terms.back().tensor;
  if (isSmall(element))
    result = arith::TruncFOp::create(builder, loc, cast<RankedTensorType>(result.getType()).clone(element), result);
  if (result.getType() != op.getType())
    result = tensor::CastOp::create(builder, loc, op.getType(), result);
  return result;
}

void LowerEinsum::runOnOperation() {
  getOperation().walk([](EinsumOp op) {
    op.replaceAllUsesWith(EinsumLowering(op).lower());
    op.erase();
  });
}

} // namespace theria::reference
