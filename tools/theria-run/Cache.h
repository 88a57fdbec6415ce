//===- Cache.h - Compiled programs on disk ----------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A file for each program, named by its key. It begins with a line that says what it is, then the SHA-256 of the rest,
// the key, the length of the record of streaming, that record as MLIR writes it, and the object. A file that is
// anything else is as good as none, and is written anew.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_CACHE_H
#define THERIA_RUN_CACHE_H

#include "tools/theria-run/Options.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"

#include <array>
#include <memory>
#include <optional>
#include <string>

namespace theria::run {

/// What a compiled program depends on, as a SHA-256.
using CacheKey = std::array<uint8_t, 32>;

/// The key of a program: the module with its locations, the function that runs, the options that change the code, the
/// processor, LLVM's version and this very executable. Nothing where the executable can't be read.
std::optional<CacheKey> makeKey(mlir::ModuleOp module, llvm::StringRef function, const Options &options);

class Cache {
public:
  /// `folder` as --cache says: a path, "off", or empty for $THERIA_CACHE_DIR (the same), then theria/ in the user's
  /// cache folder. At most `megabytes` are kept; the oldest programs go first.
  Cache(llvm::StringRef folder, uint64_t megabytes);

  bool isOn() const { return !folder.empty(); }

  struct Entry {
    std::string record; ///< of streaming; empty where there is none
    std::unique_ptr<llvm::MemoryBuffer> objects;
  };

  /// The program of a key; nothing where it is not there or damaged.
  std::optional<Entry> find(const CacheKey &key) const;

  /// Keeps a program. What goes wrong is a warning: the run goes on.
  void store(const CacheKey &key, llvm::StringRef record, llvm::StringRef objects) const;

private:
  std::string pathOf(const CacheKey &key) const;

  std::string folder;
  uint64_t megabytes;
};

} // namespace theria::run

#endif // THERIA_RUN_CACHE_H
