//===- NotBuiltYet.cpp - Options that have no code behind them ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/NotBuiltYet.h"

using namespace theria;
namespace cl = llvm::cl;

namespace {
struct Entry {
  llvm::StringLiteral tool;
  llvm::StringLiteral option;
  llvm::StringLiteral description;
};
} // namespace

static constexpr Entry entries[] = {
    {"theria-opt", "theria-nvvm", "Not built yet: lower streams to kernels as PTX"},
};

static llvm::Error refuse(const Entry &entry) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), "expected an option that is built, but found --" +
                                                                     entry.option +
                                                                     ", which is not built yet; leave it out");
}

NotBuiltYet::NotBuiltYet(llvm::StringRef tool, cl::OptionCategory &category) : tool(tool) {
  for (const Entry &entry : entries)
    if (entry.tool == tool)
      options.push_back(std::make_unique<cl::opt<std::string>>(
          llvm::StringRef(entry.option), cl::desc(entry.description), cl::ValueOptional, cl::cat(category)));
}

NotBuiltYet::~NotBuiltYet() = default;

llvm::Error NotBuiltYet::check() const {
  for (const auto &option : options)
    for (const Entry &entry : entries)
      if (option->getNumOccurrences() && entry.tool == tool && entry.option == option->ArgStr)
        return refuse(entry);
  return llvm::Error::success();
}
