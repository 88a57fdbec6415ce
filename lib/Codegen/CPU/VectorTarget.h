//===- VectorTarget.h - registers of a CPU ----------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_CPU_VECTORTARGET_H
#define THERIA_LIB_CODEGEN_CPU_VECTORTARGET_H

#include "mlir/IR/BuiltinTypes.h"

namespace theria::cpu {

/// The vector registers that code is made for.
struct VectorTarget {
  int64_t bytes;
  int64_t registers;
  bool fma;

  /// Elements of `element` that fill a register; an i1 takes a byte, an index eight.
  int64_t lanes(mlir::Type element) const;

  /// Whether loads and stores of vectors of `element` can leave out lanes at no great cost.
  bool hasMasks(mlir::Type element) const;
};

/// Bytes of an element in memory.
int64_t elementBytes(mlir::Type element);

} // namespace theria::cpu

#endif // THERIA_LIB_CODEGEN_CPU_VECTORTARGET_H
