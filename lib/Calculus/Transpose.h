//===- Transpose.h - cotangents of a linear program -------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CALCULUS_TRANSPOSE_H
#define THERIA_LIB_CALCULUS_TRANSPOSE_H

#include "dialect/Differentiation.h"
#include "lib/Calculus/Calculus.h"

namespace theria {

/// Transposes the linear part of a block: the operations that depend on `inputs`. They are replaced by operations at
/// the end of the block that carry cotangents the other way.
class Transposition : public Cotangents {
public:
  Transposition(Calculus &calculus, mlir::Block &block, mlir::ValueRange inputs, const LinearPart &part);

  mlir::Value of(mlir::Value value) const override { return cotangents.lookup(value); }
  bool isLinear(mlir::Value value) const override { return linear.contains(value); }
  bool vanishes(mlir::Value value) const override;
  void add(mlir::OpBuilder &builder, mlir::Value value, mlir::Value cotangent) override;

  /// Transposes every linear operation, last first, from the cotangents added so far.
  llvm::LogicalResult run(mlir::OpBuilder &builder);
  /// Erases the linear operations. Sizes that were asked of linear values are taken from elsewhere; anything else that
  /// still reads one is an error.
  llvm::LogicalResult erase();

private:
  llvm::LogicalResult replaceSizes();
  mlir::Value sizeOf(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value value, int64_t dim);
  mlir::Value sizeFromOperation(mlir::OpBuilder &builder, mlir::Location loc, mlir::OpResult value, int64_t dim);

  Calculus &calculus;
  llvm::SmallVector<mlir::Operation *> operations; ///< linear, in order
  llvm::SetVector<mlir::Value> linear;             ///< iterated: the order must not vary
  llvm::DenseMap<mlir::Value, mlir::Value> cotangents;
  llvm::DenseSet<mlir::Value> zeros; ///< values that depend on no tangent but zeros
  const LinearPart &part;
};

} // namespace theria

#endif // THERIA_LIB_CALCULUS_TRANSPOSE_H
