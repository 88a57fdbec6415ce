//===- Pipelines.h - the pass pipelines of Theria ---------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_PIPELINES_H
#define THERIA_PIPELINES_H

#include <string>

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace theria {

/// Expands theria.jvp, theria.vjp and theria.hvp into the operations that
/// compute them, forgets the custom rules, and simplifies the result. Runs on a
/// module; what comes out is still in the language.
void buildCalculusPipeline(mlir::OpPassManager &manager);

struct ReferenceOptions {
  /// The function that becomes the entry. Empty: the only public function.
  std::string function;
  /// Bytes of the vector registers that loops are made for: 16, 32 or 64. 0: scalar loops, the reference.
  unsigned vectorBytes = 0;
};

/// Lowers a module all the way to the LLVM dialect, every pair tensor
/// materialised: obvious rather than fast. The module gets one entry,
/// _mlir_ciface___theria_entry, whose arguments and results are those of
/// `options.function` with scalars as arrays of rank 0; its calling convention
/// is described in runtime/theria_runtime.h. Everything that the entry does not
/// reach is erased.
void buildReferencePipeline(mlir::OpPassManager &manager, const ReferenceOptions &options);

} // namespace theria

#endif // THERIA_PIPELINES_H
