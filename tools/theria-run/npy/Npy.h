//===- Npy.h - NumPy's .npy format ------------------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads and writes .npy files (versions 1, 2 and 3) in memory. Nothing here
// knows of files or of MLIR, so that the reader can be fuzzed by itself.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_NPY_NPY_H
#define THERIA_RUN_NPY_NPY_H

#include "tools/theria-run/npy/Buffer.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace theria::run {

/// NumPy's own limit (NPY_MAXDIMS since NumPy 2).
inline constexpr size_t maxRank = 64;

/// An element type as NumPy names it: kind 'f' (float), 'i' (signed), 'u'
/// (unsigned) or 'b' (bool, one byte), and its size in bytes.
struct NpyType {
  char kind = 'f';
  unsigned bytes = 4;

  bool operator==(const NpyType &) const = default;
  /// "f4", "b1", …, as in a dtype without its byte order.
  std::string name() const;
};

/// What the header says. The data follow at `dataOffset`.
struct NpyHeader {
  NpyType type;
  bool isBigEndian = false;
  bool isFortranOrder = false;
  llvm::SmallVector<int64_t> shape;
  size_t dataOffset = 0;
};

/// An array in C order and the machine's byte order.
struct NpyArray {
  NpyType type;
  llvm::SmallVector<int64_t> shape;
  Buffer data;
};

/// Checks everything that a header can get wrong, but not the data's length.
llvm::Expected<NpyHeader> readNpyHeader(llvm::StringRef file);

/// Allocates no more than the file itself holds. A bool is stored as 0 or 1.
llvm::Expected<NpyArray> readNpy(llvm::StringRef file);

/// Writes what stands before the data (C order, the machine's byte order): version 1, or 2 where
/// the header is too long for it.
void writeNpyHeader(llvm::raw_ostream &stream, NpyType type, llvm::ArrayRef<int64_t> shape);

} // namespace theria::run

#endif // THERIA_RUN_NPY_NPY_H
