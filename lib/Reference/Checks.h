//===- Checks.h - builders of run-time checks -------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_REFERENCE_CHECKS_H
#define THERIA_LIB_REFERENCE_CHECKS_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

namespace theria::reference {

/// The sizes of a message's values from number `first` on, "{1}×{2}".
std::string sizesFrom(unsigned first, unsigned count);

/// Builds the conditions of run-time checks before one operation. What holds
/// for every run folds away.
class CheckBuilder {
public:
  explicit CheckBuilder(mlir::Operation *op) : builder(op), loc(op->getLoc()) {}
  CheckBuilder(mlir::OpBuilder builder, mlir::Location loc) : builder(builder), loc(loc) {}

  mlir::Value index(int64_t value);
  mlir::Value constant(mlir::TypedAttr value);
  mlir::Value index(mlir::OpFoldResult value);
  /// The size of a tensor's dimension, a constant where its type has it.
  mlir::Value size(mlir::Value tensor, int64_t dim);
  /// Any integer as an index, by its sign (an i1 is 0 or 1).
  mlir::Value asIndex(mlir::Value integer);

  mlir::Value compare(mlir::arith::CmpIPredicate predicate, mlir::Value a, mlir::Value b);
  mlir::Value negate(mlir::Value condition);
  mlir::Value both(mlir::Value a, mlir::Value b);
  mlir::Value either(mlir::Value a, mlir::Value b);
  mlir::Value subtract(mlir::Value a, mlir::Value b);
  /// Unsigned; a divisor below 1 counts as 1.
  mlir::Value divide(mlir::Value a, mlir::Value b);
  /// An element of a tensor of rank 1.
  mlir::Value element(mlir::Value tensor, int64_t position);

  /// The product of sizes. `fits` becomes false where one is negative or the
  /// product exceeds 63 bits.
  mlir::Value product(llvm::ArrayRef<mlir::Value> sizes, mlir::Value &fits);

  /// The sum of sizes, none of which is negative. `fits` becomes false where it
  /// exceeds 63 bits.
  mlir::Value sum(llvm::ArrayRef<mlir::Value> sizes, mlir::Value &fits);

  /// Ends the run with `message` where `condition` is false.
  void require(mlir::Value condition, const llvm::Twine &message, mlir::ValueRange values);
  void requireEqual(mlir::Value a, mlir::Value b, const llvm::Twine &message);
  /// 0 <= position < size, where `unless`, if given, is false; `where` says in
  /// the message what the position is in.
  void requireInBounds(mlir::Value position, mlir::Value size, const llvm::Twine &where, mlir::Value unless = {});

private:
  mlir::OpBuilder builder;
  mlir::Location loc;
};

} // namespace theria::reference

#endif // THERIA_LIB_REFERENCE_CHECKS_H
