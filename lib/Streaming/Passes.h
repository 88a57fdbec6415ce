//===- Passes.h - passes of the streaming path ------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_PASSES_H
#define THERIA_LIB_STREAMING_PASSES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/Pass.h"

namespace theria::streaming {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lib/Streaming/Passes.h.inc"

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_PASSES_H
