//===- Slices.h - blocks of tensors at the size of a tile -------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_SLICES_H
#define THERIA_LIB_STREAMING_SLICES_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace theria::streaming {

using mlir::OpFoldResult;

/// One dimension of a slice: at an index, where it is dropped, or a block of `size` elements from `offset`, of which
/// the first `valid` lie within the tensor.
struct Extent {
  OpFoldResult offset;
  OpFoldResult valid;
  OpFoldResult size;
  bool dropped = false;

  static Extent at(OpFoldResult index) { return {index, {}, {}, true}; }
  static Extent block(OpFoldResult offset, OpFoldResult valid, OpFoldResult size) {
    return {offset, valid, size, false};
  }
};

/// Index arithmetic that folds.
class IndexBuilder {
public:
  IndexBuilder(mlir::OpBuilder &builder, mlir::Location loc) : builder(builder), loc(loc) {}

  mlir::Value value(OpFoldResult index);
  OpFoldResult constant(int64_t index) { return builder.getIndexAttr(index); }
  OpFoldResult add(OpFoldResult a, OpFoldResult b);
  OpFoldResult subtract(OpFoldResult a, OpFoldResult b);
  OpFoldResult multiply(OpFoldResult a, OpFoldResult b);
  OpFoldResult minimum(OpFoldResult a, OpFoldResult b);
  /// a / b rounded up.
  OpFoldResult ceilDivide(OpFoldResult a, int64_t b);
  /// The size of a dimension.
  OpFoldResult size(mlir::Value tensor, int64_t dim);

  /// All of a dimension of this size.
  Extent whole(OpFoldResult size) { return Extent::block(constant(0), size, size); }
  /// Takes all of each dimension of a tensor that `extents` does not speak of yet, its last ones.
  void appendWhole(mlir::Value tensor, llvm::SmallVectorImpl<Extent> &extents);

private:
  mlir::OpBuilder &builder;
  mlir::Location loc;
};

/// The slice of a tensor, padded with zeros to its size.
mlir::Value extract(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value tensor, llvm::ArrayRef<Extent> extents);

/// The part of a tile that lies within the tensor of which `extents` cuts it.
mlir::Value validPart(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value tile, llvm::ArrayRef<Extent> extents);

/// `into` with the valid part of `tile` at the slice.
mlir::Value insert(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value tile, mlir::Value into,
                   llvm::ArrayRef<Extent> extents);
/// The same within scf.forall, in its terminator.
void insertInParallel(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value tile, mlir::Value into,
                      llvm::ArrayRef<Extent> extents);

/// Memory of its own, which holds nothing yet: no other tensor is in it, and no loop moves it.
mlir::Value allocate(mlir::OpBuilder &builder, mlir::Location loc, llvm::ArrayRef<OpFoldResult> sizes,
                     mlir::Type element);

/// A tensor that holds `number` everywhere.
mlir::Value splat(mlir::OpBuilder &builder, mlir::Location loc, llvm::ArrayRef<OpFoldResult> sizes, mlir::Type element,
                  double number);

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_SLICES_H
