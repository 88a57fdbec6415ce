//===- Passes.h - the passes of the calculus --------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CALCULUS_PASSES_H
#define THERIA_LIB_CALCULUS_PASSES_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Pass/Pass.h"

namespace theria::calculus {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lib/Calculus/Passes.h.inc"

} // namespace theria::calculus

#endif // THERIA_LIB_CALCULUS_PASSES_H
