//===- Lowering.h - steps that pipelines share ------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_PIPELINES_LOWERING_H
#define THERIA_LIB_PIPELINES_LOWERING_H

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace theria {

/// What runs the sweeps of a program: scalar loops of one thread, vector loops of the CPU's threads, or a GPU's
/// kernels.
enum class Streams { Scalars, Threads, Kernels };

/// From the language on arrays to linalg on scalars.
void lowerToLinalg(mlir::OpPassManager &manager, Streams streams);

/// From tensors to arrays that are allocated and freed.
void bufferize(mlir::OpPassManager &manager, Streams streams);

} // namespace theria

#endif // THERIA_LIB_PIPELINES_LOWERING_H
