//===- Contraction.cpp - einsum and reductions in the oracle --------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Oracle/Contraction.h"

#include "dialect/Theria.h"
#include "lib/Oracle/Activation.h"
#include "lib/Oracle/Parallel.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace theria::oracle {

//===----------------------------------------------------------------------===//
// Einsum
//===----------------------------------------------------------------------===//

namespace {
/// The sum behind each element of an einsum's result.
class Contraction {
public:
  Contraction(EinsumOp op, Activation &activation) : op(op), activation(activation), equation(op.getLabels()) {}

  LogicalResult run();

private:
  LogicalResult findSizes();
  LogicalResult addSize(char label, int64_t size, const Twine &where);
  SmallVector<int64_t> sizesOf(ArrayRef<char> labels) const;
  /// How far each of `labels` moves in a tensor whose dimensions have the labels `own`.
  static SmallVector<int64_t> stepsAlong(ArrayRef<char> labels, StringRef own, const Tensor &tensor);
  void sum(std::vector<Real> &result, int64_t first, int64_t last);
  void copy(std::vector<uint64_t> &result);

  EinsumOp op;
  Activation &activation;
  Equation equation;
  llvm::MapVector<char, std::pair<int64_t, std::string>> sizes;
  SmallVector<char> outer, inner;
  /// The operands, last the mask where there is one; how the outer and the inner labels move in each.
  Tensors tensors;
  SmallVector<SmallVector<int64_t>> outerSteps, innerSteps;
};
} // namespace

LogicalResult Contraction::addSize(char label, int64_t size, const Twine &where) {
  auto [found, isNew] = sizes.insert({label, {size, where.str()}});
  if (isNew || found->second.first == size)
    return success();
  return op.emitError() << "expected one size for label '" << StringRef(&label, 1) << "', but found "
                        << found->second.first << " in " << found->second.second << " and " << size << " in " << where
                        << "; give arrays whose sizes agree";
}

LogicalResult Contraction::findSizes() {
  for (auto [number, labels] : llvm::enumerate(equation.inputs))
    for (auto [dim, label] : llvm::enumerate(labels))
      if (failed(addSize(label, tensors[number].getShape()[dim], "operand " + Twine(number))))
        return failure();
  if (op.getMask())
    for (auto [dim, label] : llvm::enumerate(equation.where))
      if (failed(addSize(label, tensors.back().getShape()[dim], "the mask")))
        return failure();
  auto given = op.getSizes().begin();
  for (auto [dim, label] : llvm::enumerate(equation.result)) {
    const bool isDynamic = op.getType().isDynamicDim(dim);
    if (isDynamic && equation.inputsHave(label))
      continue;
    const int64_t size = isDynamic ? activation.index(*given++) : op.getType().getDimSize(dim);
    if (failed(addSize(label, size, "the result")))
      return failure();
  }
  return success();
}

SmallVector<int64_t> Contraction::sizesOf(ArrayRef<char> labels) const {
  return llvm::map_to_vector(labels, [&](char label) { return sizes.find(label)->second.first; });
}

SmallVector<int64_t> Contraction::stepsAlong(ArrayRef<char> labels, StringRef own, const Tensor &tensor) {
  const SmallVector<int64_t> strides = stridesOf(tensor.getShape());
  return llvm::map_to_vector(labels, [&](char label) {
    const size_t dim = own.find(label);
    return dim == StringRef::npos ? 0 : strides[dim];
  });
}

LogicalResult Contraction::run() {
  tensors = activation.get(op.getInputs());
  if (op.getMask())
    tensors.push_back(activation.get(op.getMask()));
  if (failed(findSizes()))
    return failure();
  llvm::append_range(outer, equation.result);
  for (char label : llvm::make_first_range(sizes))
    if (!llvm::is_contained(outer, label))
      inner.push_back(label);
  for (auto [number, tensor] : llvm::enumerate(tensors)) {
    StringRef own = number < equation.inputs.size() ? StringRef(equation.inputs[number]) : StringRef(equation.where);
    outerSteps.push_back(stepsAlong(outer, own, tensor));
    innerSteps.push_back(stepsAlong(inner, own, tensor));
  }
  const SmallVector<int64_t> shape = sizesOf(outer);
  FailureOr<Tensor> result = activation.create(op, op.getType(), shape);
  if (failed(result))
    return failure();
  if (result->isReal()) {
    std::vector<Real> &elements = result->editReals();
    const int64_t terms = product(sizesOf(inner));
    forEachRange(
        elements.size(), [&](int64_t first, int64_t last) { sum(elements, first, last); },
        std::max<int64_t>(1, 1024 / std::max<int64_t>(terms, 1)));
  } else {
    copy(result->editIntegers());
  }
  activation.set(op.getResult(), std::move(*result));
  return success();
}

void Contraction::sum(std::vector<Real> &result, int64_t first, int64_t last) {
  const size_t numInputs = equation.inputs.size();
  const int64_t terms = product(sizesOf(inner));
  Counter out(sizesOf(outer), outerSteps);
  if (first < last)
    out.seek(first);
  const RoundTo round = activation.rounding(op.getType());
  Real term(activation.setting.precision), largest(activation.setting.precision);
  for (int64_t element = first; element < last; ++element, out.next()) {
    mpfr_ptr total = result[element].get();
    mpfr_set_zero(total, 1);
    mpfr_set_zero(largest.get(), 1);
    int64_t live = 0;
    Counter in(sizesOf(inner), innerSteps);
    auto at = [&](size_t number) { return out.offset(number) + in.offset(number); };
    for (int64_t count = 0; count < terms; ++count, in.next()) {
      if (op.getMask() && !tensors.back().integers()[at(numInputs)])
        continue;
      mpfr_set(term.get(), tensors[0].reals()[at(0)].get(), MPFR_RNDN);
      for (size_t number = 1; number < numInputs; ++number) {
        mpfr_mul(term.get(), term.get(), tensors[number].reals()[at(number)].get(), MPFR_RNDN);
        round(term.get());
      }
      mpfr_add(total, total, term.get(), MPFR_RNDN);
      round(total);
      if (mpfr_cmpabs(term.get(), largest.get()) > 0)
        mpfr_set(largest.get(), term.get(), MPFR_RNDN);
      ++live;
    }
    round.inAnyOrder(total, largest.get(), live);
  }
}

/// Integers are transposed and broadcast alone, under no mask.
void Contraction::copy(std::vector<uint64_t> &result) {
  Counter out(sizesOf(outer), outerSteps);
  for (uint64_t &element : result) {
    element = tensors[0].integers()[out.offset(0)];
    out.next();
  }
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

/// The live elements along a dimension, for each element of the result.
template <typename Op, typename Reduce> static LogicalResult reduce(Op op, Activation &activation, Reduce combine) {
  const Tensor input = activation.get(op.getInput());
  const Tensor mask = op.getMask() ? activation.get(op.getMask()) : Tensor();
  if (mask && mask.getShape() != input.getShape())
    return op.emitError()
           << "expected operands of one shape, but found a mask of another; give arrays whose sizes agree";
  SmallVector<int64_t> shape(input.getShape()), strides = stridesOf(shape);
  const int64_t count = shape[op.getDim()], step = strides[op.getDim()];
  shape.erase(shape.begin() + op.getDim());
  strides.erase(strides.begin() + op.getDim());
  FailureOr<Tensor> result = activation.create(op, op.getType(), shape);
  if (failed(result))
    return failure();
  const RoundTo round = activation.rounding(op.getType());
  Counter counter(shape, {strides});
  for (Real &element : result->editReals()) {
    SmallVector<mpfr_srcptr> live;
    for (int64_t position = 0; position < count; ++position) {
      const int64_t offset = counter.offset(0) + position * step;
      if (!mask || mask.integers()[offset])
        live.push_back(input.reals()[offset].get());
    }
    combine(element, live, round);
    counter.next();
  }
  activation.set(op.getResult(), std::move(*result));
  return success();
}

void largest(Real &result, ArrayRef<mpfr_srcptr> elements, RoundTo) {
  mpfr_set_inf(result.get(), -1);
  for (mpfr_srcptr element : elements)
    if (mpfr_nan_p(element))
      return mpfr_set_nan(result.get());
    else
      mpfr_max(result.get(), result.get(), element, MPFR_RNDN);
}

void logsumexp(Real &result, ArrayRef<mpfr_srcptr> elements, RoundTo round) {
  // Without the largest taken out, an exponent could be too large even here.
  largest(result, elements);
  if (!mpfr_number_p(result.get()))
    return;
  Real sum(0, result.precision()), term(result.precision());
  for (mpfr_srcptr element : elements) {
    mpfr_sub(term.get(), element, result.get(), MPFR_RNDN);
    round(term.get());
    mpfr_exp(term.get(), term.get(), MPFR_RNDN);
    round(term.get());
    mpfr_add(sum.get(), sum.get(), term.get(), MPFR_RNDN);
    round(sum.get());
  }
  // The largest term is 1.
  round.inAnyOrder(sum.get(), Real(1, 2).get(), elements.size());
  mpfr_log(sum.get(), sum.get(), MPFR_RNDN);
  round(sum.get());
  mpfr_add(result.get(), result.get(), sum.get(), MPFR_RNDN);
}

Handler findContractionHandler(Operation *op) {
  return llvm::TypeSwitch<Operation *, Handler>(op)
      .Case<EinsumOp>([](auto) {
        return [](Operation *op, Activation &activation) { return Contraction(cast<EinsumOp>(op), activation).run(); };
      })
      .Case<LogsumexpOp>([](auto) {
        return
            [](Operation *op, Activation &activation) { return reduce(cast<LogsumexpOp>(op), activation, logsumexp); };
      })
      .Case<ReduceMaxOp>([](auto) {
        return [](Operation *op, Activation &activation) { return reduce(cast<ReduceMaxOp>(op), activation, largest); };
      })
      .Default(nullptr);
}

} // namespace theria::oracle
