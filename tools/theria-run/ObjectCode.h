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
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

#include <memory>
#include <string>

namespace llvm {
class Module;
} // namespace llvm

namespace theria::run {

/// The function that calls the entry: void theria_packed_entry(void **arguments), where arguments[i] is
/// the address of argument i.
inline constexpr llvm::StringLiteral packedEntry = "theria_packed_entry";

/// What objects are made for.
struct ObjectTarget {
  /// A processor by the name that LLVM has for it; empty: this machine with all that it has.
  std::string cpu;
  /// Stands before every name that a program defines, which other libraries then don't see: several programs fit into
  /// one. Empty: names as they are.
  std::string prefix;
};

using Objects = llvm::SmallVector<std::unique_ptr<llvm::MemoryBuffer>>;

/// Compiles what buildLoweringPipeline made, with an entry of the calling convention of runtime/theria_runtime.h: an
/// object for each part. Parts are compiled at a time, on the context's threads.
llvm::Expected<Objects> compileObjects(mlir::ModuleOp module, const ObjectTarget &target = {});
/// The object of a module of LLVM's own.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> compileObject(llvm::Module &code, const ObjectTarget &target);
/// Objects as one archive.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> archive(const Objects &objects);

/// What objects are compiled for: the triple, the processor and its features.
std::string describeHost();

} // namespace theria::run

#endif // THERIA_RUN_OBJECTCODE_H
