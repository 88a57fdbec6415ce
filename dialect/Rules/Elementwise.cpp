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
  for (OpResult result : op->getResults()) {
    Value cotangent = cotangents.of(result);
    if (!cotangent)
      continue;
    Emission emission(builder, op, cotangent);
    for (auto [number, operand] : llvm::enumerate(op->getOperands())) {
      const Expr &partial = partials[result.getResultNumber() * operandCount + number];
      if (!cotangents.isLinear(operand))
        continue;
      if (partial.dependsOn(isLinear))
        return failure();
      cotangents.add(builder, operand, emission.combine({{partial, cotangent}}));
    }
  }
  return success();
}

} // namespace theria::rules
