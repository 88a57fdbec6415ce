//===- Tensor.h - what the oracle computes with -----------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_ORACLE_TENSOR_H
#define THERIA_LIB_ORACLE_TENSOR_H

#include "lib/Oracle/Real.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/Support/LLVM.h"

#include <memory>
#include <vector>

namespace theria::oracle {

/// An array in C order of reals, or of integers as the low bits of 64, the others zero. A scalar has rank 0. Copies
/// share their elements until one of them is edited.
class Tensor {
public:
  /// No tensor.
  Tensor() = default;
  /// NaN everywhere.
  static Tensor ofReals(llvm::ArrayRef<int64_t> shape, mpfr_prec_t precision);
  static Tensor ofReals(llvm::ArrayRef<int64_t> shape, std::vector<Real> elements);
  /// Zero everywhere.
  static Tensor ofIntegers(llvm::ArrayRef<int64_t> shape);
  /// A scalar.
  static Tensor of(Real number);
  static Tensor of(uint64_t bits);

  explicit operator bool() const { return realElements || integerElements; }
  bool isReal() const { return realElements != nullptr; }
  llvm::ArrayRef<int64_t> getShape() const { return shape; }
  int64_t getRank() const { return shape.size(); }
  int64_t size() const;

  const std::vector<Real> &reals() const { return *realElements; }
  const std::vector<uint64_t> &integers() const { return *integerElements; }
  std::vector<Real> &editReals() { return edit(realElements); }
  std::vector<uint64_t> &editIntegers() { return edit(integerElements); }
  /// An index, a truth value or another integer where signs do not matter.
  int64_t index(int64_t element = 0) const { return int64_t(integers()[element]); }

  /// The same elements, in another shape of as many.
  Tensor reshaped(llvm::ArrayRef<int64_t> newShape) const;
  /// Reals rounded to a precision; integers as they are.
  Tensor rounded(mpfr_prec_t precision) const;

private:
  template <typename Elements> static Elements &edit(std::shared_ptr<Elements> &elements) {
    if (elements.use_count() > 1)
      elements = std::make_shared<Elements>(*elements);
    return *elements;
  }

  llvm::SmallVector<int64_t, 4> shape;
  std::shared_ptr<std::vector<Real>> realElements;
  std::shared_ptr<std::vector<uint64_t>> integerElements;
};

using Tensors = llvm::SmallVector<Tensor>;

int64_t product(llvm::ArrayRef<int64_t> sizes);
/// How far apart neighbours in each dimension are, in C order.
llvm::SmallVector<int64_t> stridesOf(llvm::ArrayRef<int64_t> shape);

/// Of shape `shape`: at each position what stands in `source` at `offset` and the position's steps along `strides`.
Tensor readStrided(const Tensor &source, llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<int64_t> strides,
                   int64_t offset);
/// The reverse: puts `source` there in `target`.
void writeStrided(Tensor &target, const Tensor &source, llvm::ArrayRef<int64_t> strides, int64_t offset);

/// Counts through the index tuples of a shape in C order, with an offset for each of several stride vectors.
class Counter {
public:
  Counter(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<llvm::SmallVector<int64_t>> strides);
  /// Starts at the tuple with this number.
  void seek(int64_t number);
  void next();
  llvm::ArrayRef<int64_t> position() const { return tuple; }
  int64_t offset(unsigned which) const { return offsets[which]; }

private:
  llvm::SmallVector<int64_t> shape, tuple, offsets;
  llvm::SmallVector<llvm::SmallVector<int64_t>> strides;
};

} // namespace theria::oracle

#endif // THERIA_LIB_ORACLE_TENSOR_H
