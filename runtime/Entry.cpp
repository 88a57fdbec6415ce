//===- Entry.cpp - calls of a compiled entry ------------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/Entry.h"

namespace theria::runtime {

Descriptor describe(const void *memory, const int64_t *shape, size_t rank) {
  const auto address = reinterpret_cast<uintptr_t>(memory);
  Descriptor words{address, address, 0};
  words.insert(words.end(), shape, shape + rank);
  std::vector<uint64_t> strides(rank, 1);
  for (size_t dim = rank; dim-- > 1;)
    strides[dim - 1] = strides[dim] * uint64_t(shape[dim]);
  words.insert(words.end(), strides.begin(), strides.end());
  return words;
}

void callEntry(void (*entry)(void **), std::vector<uint64_t> &results, std::vector<Descriptor> &arguments) {
  std::vector<void *> pointers;
  if (!results.empty())
    pointers.push_back(results.data());
  for (Descriptor &argument : arguments)
    pointers.push_back(argument.data());
  std::vector<void *> places;
  for (void *&pointer : pointers)
    places.push_back(static_cast<void *>(&pointer));
  entry(places.data());
}

} // namespace theria::runtime
