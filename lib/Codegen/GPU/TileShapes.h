//===- TileShapes.h - which vector a tile of a sweep becomes ----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every tile is a vector of two dimensions: a tile of one dimension lies along the rows, R×1, or the columns, 1×C, of
// those that it is computed with, and a number is 1×1. So the shape alone says which threads hold what. Of more than
// two, as tables of sums may have, all but the last are the rows.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_GPU_TILESHAPES_H
#define THERIA_LIB_CODEGEN_GPU_TILESHAPES_H

#include "dialect/Theria.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/EquivalenceClasses.h"

namespace theria::gpu {

/// The tensors of one sweep: which of them are memory, and the vector of every other.
class TileShapes {
public:
  explicit TileShapes(mlir::scf::ForallOp sweep);

  /// Whether a tensor is, or is a part of, one that the sweep reads or writes.
  bool isMemory(mlir::Value tensor) const;
  /// Whether a value of a sweep is a tensor that isn't memory.
  bool isTile(mlir::Value value) const;
  /// The vector of a tile; its sizes are multiples of 16, or 1.
  mlir::VectorType vectorOf(mlir::Value tile) const;
  /// Says that `given` stands for `memory` from here on.
  void standFor(mlir::Value given, mlir::Value memory);

  /// Whether a label of an einsum lies along the columns of the first term of two dimensions that has it: the result,
  /// or an operand.
  static std::optional<bool> alongColumns(const Equation &equation, char label);

private:
  void join(mlir::Value a, mlir::Value b);
  void joinControl(mlir::Operation *op);
  void lie(mlir::Value tile, bool alongColumns);
  void see(mlir::Operation *op);
  void see(EinsumOp op);

  mlir::Region &body;
  llvm::EquivalenceClasses<void *> classes;
  /// By leader: what is inserted into, or is what that gives; tiles of one dimension along rows, and along columns.
  llvm::DenseSet<void *> written, rows, cols;
};

} // namespace theria::gpu

#endif // THERIA_LIB_CODEGEN_GPU_TILESHAPES_H
