//===- Buffer.h - Checked storage of an array -------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_NPY_BUFFER_H
#define THERIA_RUN_NPY_BUFFER_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

namespace theria::run {

/// An error with `message`; unlike createStringError it never takes the text
/// for a printf format.
llvm::Error error(const llvm::Twine &message);

/// The number of elements of `shape`. An error where the product of the
/// non-zero dimensions times `elementBytes` does not fit a signed 64-bit
/// integer (so strides and byte offsets never overflow either), or a dimension
/// is negative.
llvm::Expected<int64_t> countElements(llvm::ArrayRef<int64_t> shape, int64_t elementBytes);

/// `shape` as MLIR writes it, "2x3"; "scalar" for rank 0.
std::string formatShape(llvm::ArrayRef<int64_t> shape);

/// Zero-filled bytes, aligned for any vector type.
class Buffer {
public:
  Buffer() = default;

  /// Memory that the machine does not have is an error.
  static llvm::Expected<Buffer> allocate(int64_t bytes);

  char *data() { return bytes.get(); }
  const char *data() const { return bytes.get(); }
  int64_t size() const { return byteCount; }

private:
  struct Free {
    void operator()(char *pointer) const { std::free(pointer); }
  };
  std::unique_ptr<char, Free> bytes;
  int64_t byteCount = 0;
};

/// Copies an array whose elements lie `strides` elements apart to C order.
void copyToCOrder(const char *source, char *target, llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<int64_t> strides,
                  size_t elementBytes);

} // namespace theria::run

#endif // THERIA_RUN_NPY_BUFFER_H
