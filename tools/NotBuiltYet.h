//===- NotBuiltYet.h - Options that have no code behind them ----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one place that lists what the tools name and the compiler does not do
// yet. Building one of these means deleting its line.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TOOLS_NOTBUILTYET_H
#define THERIA_TOOLS_NOTBUILTYET_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>
#include <vector>

namespace theria {

/// The options of `tool` that are not built yet: while this lives, the command
/// line accepts them, and --help lists them under `category`.
class NotBuiltYet {
public:
  NotBuiltYet(llvm::StringRef tool, llvm::cl::OptionCategory &category);
  ~NotBuiltYet();

  /// Call after the command line has been parsed: an error where one of the
  /// options was given.
  llvm::Error check() const;

private:
  llvm::StringRef tool;
  std::vector<std::unique_ptr<llvm::cl::opt<std::string>>> options;
};

} // namespace theria

#endif // THERIA_TOOLS_NOTBUILTYET_H
