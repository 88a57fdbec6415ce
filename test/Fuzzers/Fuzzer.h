//===- Fuzzer.h - What every fuzzer shares ----------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_TEST_FUZZERS_FUZZER_H
#define THERIA_TEST_FUZZERS_FUZZER_H

#include "llvm/ADT/StringRef.h"

namespace theria::test {

/// Tries one input: of each fuzzer its own. 0 where libFuzzer may keep the input to change it further, -1 where not.
int runOn(llvm::StringRef bytes);

/// Aborts where `holds` is false, which libFuzzer reports as a finding; `what` was expected.
void require(bool holds, llvm::StringRef what);

} // namespace theria::test

#endif // THERIA_TEST_FUZZERS_FUZZER_H
