//===- TemporaryFile.h - A file that appears when it is complete -*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TOOLS_TEMPORARYFILE_H
#define THERIA_TOOLS_TEMPORARYFILE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

namespace theria {

/// A file TARGET.XXXXXX.tmp beside the one that it becomes, locked while the process lives. It goes with the object or
/// the process, unless that is killed: the next one for the same target then removes it, as nobody holds its lock.
class TemporaryFile {
public:
  /// The file that `path` means, by one name: links are followed and stay. An error says why it can't be written.
  static llvm::Expected<std::string> resolve(llvm::StringRef path);

  static llvm::Expected<TemporaryFile> create(std::string target,
                                              unsigned mode = llvm::sys::fs::all_read | llvm::sys::fs::all_write);
  TemporaryFile(TemporaryFile &&other) noexcept;
  TemporaryFile &operator=(TemporaryFile &&) = delete;
  ~TemporaryFile();

  const std::string &getTarget() const { return target; }

  /// Writes all of it: an error of the disk is found here, not later.
  llvm::Error write(llvm::function_ref<void(llvm::raw_ostream &)> print);

  /// Gives it its final name, at once and whole. What had the name before is kept until this object goes.
  llvm::Error publish();
  /// Undoes publish().
  void takeBack();

private:
  explicit TemporaryFile(std::string target) : target(std::move(target)) {}
  /// Makes a file that nothing had the name of before.
  std::error_code open(unsigned mode);
  void forget();
  void close();

  /// `path` is the temporary name; empty when there is nothing to remove.
  std::string target, path;
  int file = -1;
  bool exchanged = false;
};

} // namespace theria

#endif // THERIA_TOOLS_TEMPORARYFILE_H
