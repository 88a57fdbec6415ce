//===- Entry.h - calls of a compiled entry ----------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The calling convention of runtime/theria_runtime.h, from the caller's side.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUNTIME_ENTRY_H
#define THERIA_RUNTIME_ENTRY_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace theria::runtime {

/// A memref descriptor as 64-bit words: allocated, aligned, offset, then sizes and strides.
using Descriptor = std::vector<uint64_t>;

inline size_t descriptorWords(size_t rank) { return 3 + 2 * rank; }

/// The descriptor of an array in C order without gaps.
Descriptor describe(const void *memory, const int64_t *shape, size_t rank);

/// Calls a packed entry, which takes the addresses of its arguments: the descriptors of the results, packed, where
/// there are any, and then those of the arguments.
void callEntry(void (*entry)(void **), std::vector<uint64_t> &results, std::vector<Descriptor> &arguments);

} // namespace theria::runtime

#endif // THERIA_RUNTIME_ENTRY_H
