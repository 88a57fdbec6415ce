//===- ScalarBody.h - the body of a generic on vectors ----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_CPU_SCALARBODY_H
#define THERIA_LIB_CODEGEN_CPU_SCALARBODY_H

#include "lib/Codegen/CPU/VectorTarget.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace theria::cpu {

/// What vectorisation asks about the body of a generic.
struct BodyTraits {
  explicit BodyTraits(mlir::linalg::GenericOp op);

  /// Whether every operation works on vectors as it does on scalars.
  bool isElementwise = true;
  /// Whether a lane that is not used could stop the program.
  bool mayTrap = false;
  /// Rough number of instructions of one vector.
  int64_t weight = 0;
  /// The element that decides how many lanes a vector has.
  mlir::Type widest;
};

/// Where a body is emitted: at `ivs`, `lanes` iterations of `loop` at once;
/// one scalar iteration where `lanes` is 0.
struct BodyPoint {
  mlir::ValueRange ivs;
  unsigned loop;
  int64_t lanes;
  bool fma;
};

/// The values that the body yields for `arguments`, vectors or scalars, which
/// stand for the block's arguments. Yields vectors where there are lanes. A
/// product that is added to a result becomes a fused multiply-add.
llvm::SmallVector<mlir::Value> emitBody(mlir::OpBuilder &b, mlir::linalg::GenericOp op,
                                        llvm::ArrayRef<mlir::Value> arguments, const BodyPoint &point);

/// `op` with other operands, on vectors where one of them is.
mlir::Value emitOn(mlir::OpBuilder &b, mlir::Operation *op, mlir::ValueRange operands);

/// The operation by which a body accumulates in the result of a number, where
/// it does so by one that is associative and has an identity; else null.
mlir::Operation *findCombiner(mlir::linalg::GenericOp op, unsigned result);

/// The identity of an operation that findCombiner returned.
mlir::TypedAttr identityOf(mlir::Operation *combiner);

} // namespace theria::cpu

#endif // THERIA_LIB_CODEGEN_CPU_SCALARBODY_H
