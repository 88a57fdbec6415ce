//===- Elementwise.cpp - the two maps of an elementwise rule --------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Rules/RuleTable.h"

using namespace mlir;

namespace theria::rules {

LogicalResult lineariseElementwise(Operation *op, const Partials &partials, OpBuilder &builder, Tangents &tangents) {
  size_t operandCount = op->getNumOperands();
  for (OpResult result : op->getResults()) {
    if (!isDifferentiable(result.getType()))
      continue;
    SmallVector<std::pair<Expr, Value>> terms;
    for (auto [number, operand] : llvm::enumerate(op->getOperands()))
      terms.push_back({partials[result.getResultNumber() * operandCount + number], tangents.of(operand)});
    Emission emission(builder, op, result);
    if (Value tangent = emission.combine(terms))
      tangents.set(result, tangent);
  }
  return success();
}

LogicalResult transposeElementwise(Operation *op, const Partials &partials, OpBuilder &builder,
                                   Cotangents &cotangents) {
  auto isLinear = [&](ExprKind leaf, unsigned index) {
    return leaf == ExprKind::Result || cotangents.isLinear(op->getOperand(index));
  };
  size_t operandCount = op->getNumOperands();
  auto isAdded = [&](Value operand, const Expr &partial) {
    return !cotangents.vanishes(operand) && !partial.isConstant(0) && !partial.dependsOn(isLinear);
  };
  for (OpResult result : op->getResults()) {
    Value cotangent = cotangents.of(result);
    if (!cotangent)
      continue;
    Emission emission(builder, op, cotangent);
    for (auto [number, operand] : llvm::enumerate(op->getOperands())) {
      const Expr &partial = partials[result.getResultNumber() * operandCount + number];
      if (isDifferentiable(operand.getType()) && isAdded(operand, partial))
        return failure();
      if (!cotangents.isLinear(operand))
        continue;
      if (partial.dependsOn(isLinear))
        return failure();
      cotangents.add(builder, operand, emission.combine({{partial, cotangent}}));
    }
  }
  return success();
}

bool isLinearInAll(Operation *op, const Cotangents &cotangents) {
  WalkResult walk = op->walk([&](Operation *nested) {
    for (Value operand : nested->getOperands())
      if (isDifferentiable(operand.getType()) &&
          (nested == op ? !cotangents.vanishes(operand)
                        : cotangents.isLinear(operand) || !cotangents.vanishes(operand)))
        return WalkResult::interrupt();
    return WalkResult::advance();
  });
  return !walk.wasInterrupted();
}

} // namespace theria::rules
