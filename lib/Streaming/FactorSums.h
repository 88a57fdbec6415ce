//===- FactorSums.h - sums over pairs are added before factors --*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_FACTORSUMS_H
#define THERIA_LIB_STREAMING_FACTORSUMS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace theria::streaming {

/// Adds sums over pairs that have a factor in common, or none, before anything else is added and multiplies once,
///   f·a − x + f·b = f·(a + b) − x,
/// so that a sweep may gather a + b as one sum (Plan.h). Only where nothing else needs a, b and what is made of them.
void factorSums(mlir::func::FuncOp function);

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_FACTORSUMS_H
