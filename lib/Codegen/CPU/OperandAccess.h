//===- OperandAccess.h - how loops visit an operand -------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_CPU_OPERANDACCESS_H
#define THERIA_LIB_CODEGEN_CPU_OPERANDACCESS_H

#include "mlir/IR/AffineMap.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace theria::cpu {

/// Where the elements lie that successive iterations of a loop visit.
enum class Along { same, consecutive, apart };

/// How an operand of `type`, a memref or a scalar, is visited through `map`
/// along a loop.
Along accessAlong(mlir::Type type, mlir::AffineMap map, unsigned loop);

/// An operand at one iteration of the loops, or at `lanes` of them along one.
/// An i1 is a byte in memory, of which the lowest bit counts.
class OperandAccess {
public:
  OperandAccess(mlir::Value operand, mlir::AffineMap map) : operand(operand), map(map) {}

  mlir::Type element() const;
  Along along(unsigned loop) const { return accessAlong(operand.getType(), map, loop); }

  mlir::Value loadScalar(mlir::OpBuilder &b, mlir::Location loc, mlir::ValueRange ivs) const;
  void storeScalar(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value, mlir::ValueRange ivs) const;

  /// `lanes` consecutive elements along a loop; those that `mask`, null for all, leaves out are zero.
  mlir::Value loadVector(mlir::OpBuilder &b, mlir::Location loc, int64_t lanes, mlir::ValueRange ivs, unsigned loop,
                         mlir::Value mask) const;
  void storeVector(mlir::OpBuilder &b, mlir::Location loc, mlir::Value vector, mlir::ValueRange ivs, unsigned loop,
                   mlir::Value mask) const;
  /// `lanes` elements along a loop, one at a time.
  mlir::Value gather(mlir::OpBuilder &b, mlir::Location loc, int64_t lanes, mlir::ValueRange ivs, unsigned loop) const;

private:
  llvm::SmallVector<mlir::Value> indices(mlir::OpBuilder &b, mlir::Location loc, mlir::ValueRange ivs) const;
  struct VectorPlace {
    mlir::Value memory;
    llvm::SmallVector<mlir::Value> indices;
  };
  VectorPlace vectorPlace(mlir::OpBuilder &b, mlir::Location loc, mlir::ValueRange ivs, unsigned loop) const;

  mlir::Value operand;
  mlir::AffineMap map;
};

} // namespace theria::cpu

#endif // THERIA_LIB_CODEGEN_CPU_OPERANDACCESS_H
