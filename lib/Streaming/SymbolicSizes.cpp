//===- SymbolicSizes.cpp - sizes as expressions of the arguments' ---------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/SymbolicSizes.h"

#include "dialect/Differentiation.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"

using namespace mlir;

namespace theria::streaming {

Quantity SymbolicSizes::of(OpFoldResult size) {
  if (auto constant = getConstantIntValue(size))
    return this->constant(*constant);
  auto value = dyn_cast_if_present<Value>(size);
  return value ? ofValue(value) : Quantity();
}

Quantity SymbolicSizes::product(ArrayRef<Quantity> factors) {
  Quantity all = constant(1);
  for (Quantity factor : factors) {
    if (!factor)
      return {};
    all = all * factor;
  }
  return all;
}

Quantity SymbolicSizes::ofValue(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return {};
  if (auto dim = dyn_cast<tensor::DimOp>(op))
    return dim.getConstantIndex() ? ofDim(dim.getSource(), *dim.getConstantIndex()) : Quantity();
  if (isa<arith::IndexCastOp>(op))
    return ofValue(op->getOperand(0));
  if (isa<arith::MaxUIOp, arith::MaxSIOp>(op) && matchPattern(op->getOperand(1), m_One()))
    return ofValue(op->getOperand(0)); // The sizes of tensors with elements.
  if (!isa<arith::AddIOp, arith::MulIOp, arith::DivUIOp, arith::DivSIOp, arith::CeilDivSIOp, arith::CeilDivUIOp>(op))
    return {};
  Quantity left = of(op->getOperand(0)), right = of(op->getOperand(1));
  if (!left || !right)
    return {};
  if (isa<arith::AddIOp>(op))
    return left + right;
  if (isa<arith::MulIOp>(op))
    return left * right;
  return isa<arith::DivUIOp, arith::DivSIOp>(op) ? left.floorDiv(right) : left.ceilDiv(right);
}

Quantity SymbolicSizes::ofDim(Value tensor, int64_t dim) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (!type.isDynamicDim(dim))
    return constant(type.getDimSize(dim));
  if (auto argument = dyn_cast<BlockArgument>(tensor)) {
    Block *block = argument.getOwner();
    if (!block->isEntryBlock() || !isa<FunctionOpInterface>(block->getParentOp()))
      return {};
    std::pair<unsigned, unsigned> here(argument.getArgNumber(), dim);
    auto at = llvm::find(symbols, here);
    unsigned position = at - symbols.begin();
    if (at == symbols.end())
      symbols.push_back(here);
    return builder.getAffineSymbolExpr(position);
  }
  Operation *op = tensor.getDefiningOp();
  if (auto expanded = dyn_cast<tensor::ExpandShapeOp>(op))
    return of(expanded.getMixedOutputShape()[dim]);
  if (op->hasTrait<OpTrait::Elementwise>()) {
    for (Value operand : op->getOperands())
      if (isa<RankedTensorType>(operand.getType()))
        return ofDim(operand, dim);
    return {};
  }
  if (!isa<ReifyRankedShapedTypeOpInterface>(op))
    return {};
  Value size = reifyDim(builder, cast<OpResult>(tensor), dim);
  return size ? of(size) : Quantity();
}

} // namespace theria::streaming
