//===- npy.cpp - Any bytes as a .npy file ---------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Fuzzers/Fuzzer.h"

#include "tools/theria-run/npy/Npy.h"

using namespace theria::run;

/// Reads the bytes; what could be read is written and read again the same.
int theria::test::runOn(llvm::StringRef bytes) {
  llvm::Expected<NpyArray> array = readNpy(bytes);
  if (!array) {
    require(!llvm::toString(array.takeError()).empty(), "an error that says something");
    return 0;
  }
  std::string text;
  llvm::raw_string_ostream stream(text);
  const llvm::StringRef data(array->data.data(), array->data.size());
  writeNpy(stream, array->type, array->shape, data);
  llvm::Expected<NpyArray> again = readNpy(text);
  require(static_cast<bool>(again), "to read what was written");
  require(again->type == array->type && again->shape == array->shape, "the type and shape that were written");
  require(llvm::StringRef(again->data.data(), again->data.size()) == data, "the elements that were written");
  return 0;
}
