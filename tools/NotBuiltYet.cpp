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
  /// "option", or "option=value" for one value of an option that is built.
  llvm::StringLiteral option;
  llvm::StringLiteral description;
};
} // namespace

static constexpr Entry entries[] = {
    {"theria-opt", "theria-nvvm", "Not built yet: lower streams to kernels as PTX"},
    {"theria-run", "path=oracle", "Not built yet: run by the high-precision interpreter"},
    {"theria-run", "check", "Not built yet: certify by oracle, identities and differences"},
};

static llvm::Error refuse(const Entry &entry) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), "expected an option that is built, but found --" +
                                                                     entry.option +
                                                                     ", which is not built yet; leave it out");
}

NotBuiltYet::NotBuiltYet(llvm::StringRef tool, cl::OptionCategory &category) : tool(tool) {
  for (const Entry &entry : entries)
    if (entry.tool == tool && !entry.option.contains('='))
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

llvm::Error NotBuiltYet::checkValue(llvm::StringRef option, llvm::StringRef value) const {
  for (const Entry &entry : entries) {
    auto [name, listed] = entry.option.split('=');
    if (entry.tool == tool && name == option && listed == value)
      return refuse(entry);
  }
  return llvm::Error::success();
}
