//===- OutputFiles.h - All the output files, or none ------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_OUTPUTFILES_H
#define THERIA_RUN_OUTPUTFILES_H

#include "tools/TemporaryFile.h"
#include "tools/theria-run/Tensor.h"

namespace theria::run {

/// Files that are written beside their final names and appear under them only
/// when all are complete. What has not been committed is removed.
class OutputFiles {
public:
  /// Opens a temporary file beside `path`: a folder or file that can't be
  /// written is an error now, before anything runs; `option` gave the path.
  llvm::Error add(llvm::StringRef path, llvm::StringRef option,
                  unsigned mode = llvm::sys::fs::all_read | llvm::sys::fs::all_write);

  /// Writes a tensor to the file that was added as number `index`.
  llvm::Error write(size_t index, const Tensor &tensor);
  /// The same of text.
  llvm::Error write(size_t index, llvm::StringRef text);

  /// Gives every file its final name.
  llvm::Error commit();

private:
  llvm::Error write(size_t index, llvm::function_ref<void(llvm::raw_ostream &)> print);

  struct Output {
    std::string option;
    TemporaryFile file;
  };
  std::vector<Output> outputs;
};

} // namespace theria::run

#endif // THERIA_RUN_OUTPUTFILES_H
