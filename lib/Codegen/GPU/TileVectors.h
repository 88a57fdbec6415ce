//===- TileVectors.h - operations on tiles as vectors -----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_GPU_TILEVECTORS_H
#define THERIA_LIB_CODEGEN_GPU_TILEVECTORS_H

#include "lib/Codegen/GPU/TileShapes.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace theria::gpu {

/// Writes operations on vectors of two dimensions, R×C, R×1, 1×C or 1×1.
class VectorBuilder {
public:
  VectorBuilder(mlir::OpBuilder &builder, mlir::Location loc) : builder(builder), loc(loc) {}

  mlir::Value constant(mlir::VectorType type, mlir::Attribute element);
  /// A number everywhere.
  mlir::Value splat(mlir::VectorType type, double number);
  /// A scalar everywhere.
  mlir::Value spread(mlir::VectorType type, mlir::Value scalar);
  /// A vector repeated along the dimensions where it has one element.
  mlir::Value stretch(mlir::Value vector, llvm::ArrayRef<int64_t> shape);
  mlir::Value transpose(mlir::Value vector);
  mlir::Value multiply(mlir::Value a, mlir::Value b);
  mlir::Value select(mlir::Value mask, mlir::Value a, mlir::Value b);
  /// 0, 1, 2, … along a dimension: R×1 or 1×C.
  mlir::Value coordinates(int64_t size, unsigned dim);
  /// Whether a coordinate, of `size` along a dimension, is below an end.
  mlir::Value isBelow(int64_t size, unsigned dim, int64_t end);
  /// The reduction along some dimensions, which keep one element.
  mlir::Value reduce(mlir::vector::CombiningKind kind, mlir::Value vector, bool alongRows, bool alongColumns);

private:
  mlir::OpBuilder &builder;
  mlir::Location loc;
};

/// Of an einsum's operands, a vector with the label of each of its dimensions, as the tile has them, and their sizes
/// without what rounds them up.
struct TileTerm {
  mlir::Value vector;
  std::string labels;
  llvm::SmallVector<int64_t, 2> sizes;
};

/// An einsum of tiles; null, with an error, where it can't be computed.
mlir::Value vectoriseEinsum(mlir::OpBuilder &builder, EinsumOp op, llvm::ArrayRef<TileTerm> terms,
                            std::optional<TileTerm> mask, mlir::VectorType result);

} // namespace theria::gpu

#endif // THERIA_LIB_CODEGEN_GPU_TILEVECTORS_H
