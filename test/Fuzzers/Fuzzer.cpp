//===- Fuzzer.cpp - The entry that libFuzzer calls ------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Fuzzers/Fuzzer.h"

#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <cstdlib>

void theria::test::require(bool holds, llvm::StringRef what) {
  if (holds)
    return;
  llvm::errs() << "fuzzer: error: expected " << what << ", but found otherwise; see the input that libFuzzer kept\n";
  std::abort();
}

// The name is libFuzzer's.
// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  return theria::test::runOn({reinterpret_cast<const char *>(data), size});
}
