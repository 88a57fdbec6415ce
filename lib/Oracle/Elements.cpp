//===- Elements.cpp - elementwise operations in the oracle ----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Oracle/Elements.h"

#include "lib/Oracle/Parallel.h"

#include <mutex>

using namespace mlir;

namespace theria::oracle {

Elements::Elements(Operation *op, ArrayRef<Tensor> operands, MutableArrayRef<Tensor> results)
    : op(op), operands(operands) {
  for (Tensor &result : results) {
    resultReals.push_back(result.isReal() ? result.editReals().data() : nullptr);
    resultIntegers.push_back(result.isReal() ? nullptr : result.editIntegers().data());
  }
}

APInt Elements::integer(unsigned operand) const {
  return APInt(widthOf(op->getOperand(operand).getType()), operands[operand].integers()[at(operand)]);
}

void Elements::set(const APInt &integer, unsigned result) { resultIntegers[result][position] = integer.getZExtValue(); }

static const ElementTable &elementTable() {
  static const ElementTable table = [] {
    ElementTable functions;
    addRealArithmetic(functions);
    addIntegerArithmetic(functions);
    addConversions(functions);
    addFunctions(functions);
    return functions;
  }();
  return table;
}

/// The shape that all tensors among the operands have.
static FailureOr<SmallVector<int64_t>> commonShape(Operation *op, ArrayRef<Tensor> operands) {
  std::optional<ArrayRef<int64_t>> shape;
  for (auto [value, tensor] : llvm::zip_equal(op->getOperands(), operands)) {
    if (!isa<RankedTensorType>(value.getType()))
      continue;
    if (!shape)
      shape = tensor.getShape();
    for (auto [dim, sizes] : llvm::enumerate(llvm::zip_equal(*shape, tensor.getShape())))
      if (std::get<0>(sizes) != std::get<1>(sizes))
        return op->emitError() << "expected operands of one shape, but found sizes " << std::get<0>(sizes) << " and "
                               << std::get<1>(sizes) << " in dim " << dim << "; give arrays whose sizes agree";
  }
  return SmallVector<int64_t>(shape.value_or(ArrayRef<int64_t>()));
}

static LogicalResult evaluateElements(Operation *op, Activation &activation) {
  const Tensors operands = activation.get(op->getOperands());
  FailureOr<SmallVector<int64_t>> shape = commonShape(op, operands);
  if (failed(shape))
    return failure();
  Tensors results;
  for (Type type : op->getResultTypes()) {
    FailureOr<Tensor> result = activation.create(op, type, *shape);
    if (failed(result))
      return failure();
    results.push_back(std::move(*result));
  }
  const ElementFunction function = elementTable().find(op->getName().getStringRef())->second;
  StringRef fault;
  std::mutex mutex;
  const Elements start(op, operands, results);
  forEachRange(product(*shape), [&](int64_t first, int64_t last) {
    Elements elements = start;
    for (int64_t element = first; element < last && elements.fault.empty(); ++element) {
      elements.moveTo(element);
      function(elements);
    }
    std::scoped_lock lock(mutex);
    if (!elements.fault.empty())
      fault = elements.fault;
  });
  if (!fault.empty())
    return op->emitError() << fault;
  return activation.setResults(op, std::move(results));
}

Handler findElementwiseHandler(Operation *op) {
  return elementTable().contains(op->getName().getStringRef()) ? evaluateElements : nullptr;
}

} // namespace theria::oracle
