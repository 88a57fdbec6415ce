//===- ObjectCode.h - From the LLVM dialect to an object --------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_OBJECTCODE_H
#define THERIA_RUN_OBJECTCODE_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

#include <memory>
#include <string>

namespace theria::run {

/// The function that calls the entry: void theria_packed_entry(void **arguments), where arguments[i] is
/// the address of argument i.
inline constexpr llvm::StringLiteral packedEntry = "theria_packed_entry";

/// Compiles what buildLoweringPipeline made, with an entry of the calling convention of runtime/theria_runtime.h, for
/// this machine: an archive of an object for each part. Parts are compiled at a time, on the context's threads.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> compileObjects(mlir::ModuleOp module);

/// What objects are compiled for: the triple, the processor and its features.
std::string describeHost();

} // namespace theria::run

#endif // THERIA_RUN_OBJECTCODE_H
