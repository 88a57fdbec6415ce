//===- ReadTensor.cpp - Tensors from .npy files ---------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/InputSpec.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace theria::run;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

static llvm::Error unreadable(StringRef path, const Twine &why) {
  return error("expected a readable .npy file, but " + path + ": " + why);
}

Expected<NpyArray> theria::run::readNpyFile(StringRef path) {
  llvm::sys::fs::file_status status;
  if (std::error_code code = llvm::sys::fs::status(path, status))
    return unreadable(path, code.message());
  if (!llvm::sys::fs::is_regular_file(status))
    return unreadable(path, "is not a regular file");
  // Volatile: read, not mapped, so that a file cut short meanwhile can't fault.
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false,
                                          /*IsVolatile=*/true);
  if (!file)
    return unreadable(path, file.getError().message());
  Expected<NpyArray> array = readNpy((*file)->getBuffer());
  if (!array)
    return error(path + ": " + llvm::toString(array.takeError()));
  return array;
}

Expected<Tensor> theria::run::readTensor(StringRef path, mlir::Type elementType) {
  Expected<NpyArray> array = readNpyFile(path);
  if (!array)
    return array.takeError();
  Expected<Tensor> tensor = fromNpy(std::move(*array), elementType);
  if (!tensor)
    return error(path + ": " + llvm::toString(tensor.takeError()));
  return tensor;
}
