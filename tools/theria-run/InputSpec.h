//===- InputSpec.h - What --input and --fill say ----------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_INPUTSPEC_H
#define THERIA_RUN_INPUTSPEC_H

#include "tools/theria-run/Tensor.h"

#include <string>
#include <variant>

namespace theria::run {

/// Where the elements of a tensor come from.
struct FillSpec {
  enum Kind { Normal, Uniform, Zeros, Ones, Literal };
  Kind kind = Zeros;
  /// Of Normal and Uniform.
  uint64_t seed = 0;
  /// Of Literal: parsed once the element type is known.
  std::string literal;
};

/// An --input: a file, a filled tensor of stated type, or a scalar literal.
struct FileInput {
  std::string path;
};
struct FilledInput {
  mlir::RankedTensorType type;
  FillSpec fill;
};
struct ScalarInput {
  std::string literal;
};
using InputSpec = std::variant<FileInput, FilledInput, ScalarInput>;

/// Parses "normal:SEED", "uniform:SEED", "zeros", "ones" or a literal.
llvm::Expected<FillSpec> parseFill(llvm::StringRef text);

/// Parses "@FILE", "SHAPExTYPE=FILL" or a literal.
llvm::Expected<InputSpec> parseInput(llvm::StringRef text, mlir::MLIRContext *context);

/// A tensor of this type and these elements. Normal needs a floating type,
/// uniform a floating type or i1.
llvm::Expected<Tensor> makeFilled(mlir::Type elementType, llvm::ArrayRef<int64_t> shape, const FillSpec &fill);

/// The bytes of a regular file; devices and pipes, which may have no end, are
/// refused.
llvm::Expected<Tensor> readTensor(llvm::StringRef path, mlir::Type elementType);

/// The array of a .npy file, of whatever type it has.
llvm::Expected<NpyArray> readNpyFile(llvm::StringRef path);

} // namespace theria::run

#endif // THERIA_RUN_INPUTSPEC_H
