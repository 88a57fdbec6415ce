//===- Buffer.cpp - Checked storage of an array ---------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/npy/Buffer.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cstring>
#include <unistd.h>

using namespace theria::run;

static constexpr int64_t alignment = 64;

llvm::Error theria::run::error(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

std::string theria::run::formatShape(llvm::ArrayRef<int64_t> shape) {
  if (shape.empty())
    return "scalar";
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::interleave(
      shape, stream,
      [&](int64_t dim) {
        if (dim == INT64_MIN) // mlir::ShapedType::kDynamic
          stream << '?';
        else
          stream << dim;
      },
      "x");
  return text;
}

llvm::Expected<int64_t> theria::run::countElements(llvm::ArrayRef<int64_t> shape, int64_t elementBytes) {
  int64_t bytes = elementBytes;
  bool isEmpty = false;
  for (int64_t dim : shape) {
    if (dim < 0)
      return error("expected dimensions of at least 0, but found " + llvm::Twine(dim));
    if (dim == 0)
      isEmpty = true;
    else if (llvm::MulOverflow(bytes, dim, bytes))
      return error("expected a size that fits 64 bits, but the shape " + formatShape(shape) +
                   " has more bytes than that");
  }
  return isEmpty ? 0 : bytes / elementBytes;
}

/// Kernels that promise memory before they have it would end the program on
/// first use: what the machine could never hold is refused first.
static bool mayFit(int64_t bytes) {
  const long pages = sysconf(_SC_PHYS_PAGES), pageBytes = sysconf(_SC_PAGESIZE);
  return pages <= 0 || pageBytes <= 0 || bytes / pageBytes < pages;
}

llvm::Expected<Buffer> Buffer::allocate(int64_t bytes) {
  // Never a null pointer, also where there is nothing to hold.
  const int64_t rounded = (bytes / alignment + 1) * alignment;
  char *memory = nullptr;
  if (mayFit(bytes))
    memory = static_cast<char *>(std::aligned_alloc(alignment, rounded));
  if (!memory)
    return error("the machine has no room for " + llvm::Twine(bytes) + " bytes; make the tensor smaller");
  std::memset(memory, 0, rounded);
  Buffer buffer;
  buffer.bytes.reset(memory);
  buffer.byteCount = bytes;
  return buffer;
}

void theria::run::copyToCOrder(const char *source, char *target, llvm::ArrayRef<int64_t> shape,
                               llvm::ArrayRef<int64_t> strides, size_t elementBytes) {
  const auto width = static_cast<int64_t>(elementBytes);
  llvm::SmallVector<int64_t> index(shape.size(), 0);
  int64_t offset = 0;
  for (int64_t left = llvm::product_of(shape, int64_t(1)); left > 0; --left, target += width) {
    std::memcpy(target, source + offset * width, width);
    for (size_t dim = shape.size(); dim-- > 0;) {
      offset += strides[dim];
      if (++index[dim] < shape[dim])
        break;
      offset -= strides[dim] * shape[dim];
      index[dim] = 0;
    }
  }
}
