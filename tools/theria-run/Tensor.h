//===- Tensor.h - A dense tensor on the host --------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_TENSOR_H
#define THERIA_RUN_TENSOR_H

#include "tools/theria-run/npy/Npy.h"

#include "mlir/IR/BuiltinTypes.h"

namespace theria::run {

/// A tensor as compiled code sees it: C order, the machine's byte order, i1 as
/// one byte of 0 or 1, index as 64 bits.
struct Tensor {
  mlir::Type elementType;
  llvm::SmallVector<int64_t> shape;
  int64_t count = 0;
  Buffer data;

  /// Zeros. An error where the size overflows or the machine has no room.
  static llvm::Expected<Tensor> create(mlir::Type elementType, llvm::ArrayRef<int64_t> shape);

  /// The same elements in memory of their own.
  llvm::Expected<Tensor> clone() const;

  /// The bits of an element, in the low end of 64.
  uint64_t loadBits(int64_t index) const;
  void storeBits(int64_t index, uint64_t bits);

  /// The value of an element, exactly for floating-point types.
  double loadNumber(int64_t index) const;
};

/// Whether theria-run has a form for elements of `type`: f16, bf16, f32, f64,
/// i1, i8, i16, i32, i64 or index. Integers have no sign, as arith wants them.
bool isSupportedElement(mlir::Type type);

/// Bytes of one element of a supported type.
unsigned elementBytes(mlir::Type type);

/// The bits of `value` rounded to nearest even in the floating type `type`.
uint64_t roundToFloat(double value, mlir::FloatType type);

/// The NumPy type that a tensor of `type` is written as: bf16, which NumPy
/// does not have, as f4; an integer as a signed one.
NpyType npyType(mlir::Type type);

/// Whether `found` may be read as `type`. Kinds are exact, but bf16 is read
/// from f4, and an integer takes signed and unsigned files as they are.
bool canRead(NpyType found, mlir::Type type);

/// An array of a file as a tensor of `elementType`; an error, naming the
/// expected dtype, where canRead says no.
llvm::Expected<Tensor> fromNpy(NpyArray array, mlir::Type elementType);

/// Writes a tensor as .npy.
void writeNpy(llvm::raw_ostream &stream, const Tensor &tensor);

/// An element in full: the shortest decimal that reads back as the same
/// f64 or f32 value, an integer, true or false.
std::string formatElement(const Tensor &tensor, int64_t index);

/// The position of the element `linear` of a tensor, "[1, 2]"; empty for rank
/// 0.
std::string formatPosition(llvm::ArrayRef<int64_t> shape, int64_t linear);

/// "tensor<2x3xf32>", "f32", …
std::string formatType(mlir::Type type);

} // namespace theria::run

#endif // THERIA_RUN_TENSOR_H
