//===- Constants.cpp - constants in the oracle ----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Oracle/Activation.h"
#include "lib/Oracle/Convert.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace theria::oracle {

static LogicalResult evaluateConstant(Operation *op, Activation &activation) {
  TypedAttr value = cast<arith::ConstantOp>(op).getValue();
  auto elements = dyn_cast<DenseElementsAttr>(value);
  if (!elements && !isa<FloatAttr, IntegerAttr>(value))
    return op->emitError() << "expected a number or a dense tensor of numbers, but found " << value
                           << "; write the elements out";
  FailureOr<Tensor> result =
      activation.create(op, value.getType(), elements ? elements.getType().getShape() : ArrayRef<int64_t>());
  if (failed(result))
    return failure();
  if (auto number = dyn_cast<FloatAttr>(value)) {
    assign(result->editReals().front().get(), number.getValue());
  } else if (auto integer = dyn_cast<IntegerAttr>(value)) {
    result->editIntegers().front() = integer.getValue().getZExtValue();
  } else if (result->isReal()) {
    for (auto [target, source] : llvm::zip_equal(result->editReals(), elements.getValues<APFloat>()))
      assign(target.get(), source);
  } else {
    for (auto [target, source] : llvm::zip_equal(result->editIntegers(), elements.getValues<APInt>()))
      target = source.getZExtValue();
  }
  activation.set(op->getResult(0), std::move(*result));
  return success();
}

Handler findConstantHandler(Operation *op) { return isa<arith::ConstantOp>(op) ? evaluateConstant : nullptr; }

} // namespace theria::oracle
