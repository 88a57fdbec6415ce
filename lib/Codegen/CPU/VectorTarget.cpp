//===- VectorTarget.cpp - registers of a CPU -----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/VectorTarget.h"

using namespace mlir;

namespace theria::cpu {

int64_t elementBytes(Type element) {
  return element.isIndex() ? 8 : llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
}

int64_t VectorTarget::lanes(Type element) const { return std::max<int64_t>(bytes / elementBytes(element), 1); }

bool VectorTarget::hasMasks(Type element) const {
  // AVX masks elements of four and eight bytes, AVX-512 all of them, SSE and NEON none.
  return bytes >= 64 || (bytes == 32 && elementBytes(element) >= 4);
}

} // namespace theria::cpu
