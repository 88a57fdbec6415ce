//===- Folds.h - constants that canonical folds look for --------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_DIALECT_FOLDS_H
#define THERIA_DIALECT_FOLDS_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"

namespace theria {

/// The one constant that a scalar or every element of a tensor is; null where there is none or it is not known.
mlir::TypedAttr getUniformConstant(mlir::Value value);
/// Whether a value of integers (of floats) is this constant everywhere.
bool isUniformly(mlir::Value value, int64_t integer);
bool isUniformlyZero(mlir::Value value);

/// The constant of a tensor type with `element` everywhere; null where the type has dynamic dimensions.
mlir::OpFoldResult foldToUniform(mlir::RankedTensorType type, mlir::Attribute element);

/// Folds an operation under a mask that is constant: one that is true everywhere is removed; under one that is false
/// everywhere the result holds `empty`. Null where the mask decides nothing.
template <typename Op> mlir::OpFoldResult foldMask(Op op, mlir::Attribute empty) {
  if (!op.getMask())
    return {};
  if (isUniformly(op.getMask(), 0))
    return foldToUniform(op.getType(), empty);
  if (!isUniformly(op.getMask(), 1))
    return {};
  op.getMaskMutable().clear();
  return op.getResult();
}

} // namespace theria

#endif // THERIA_DIALECT_FOLDS_H
