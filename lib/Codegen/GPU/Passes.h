//===- Passes.h - code for NVIDIA GPUs --------------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_GPU_PASSES_H
#define THERIA_LIB_CODEGEN_GPU_PASSES_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/NVGPU/IR/NVGPUDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Pass/Pass.h"

namespace theria::gpu {

/// The module of a program's kernels.
inline constexpr llvm::StringLiteral kKernels = "theria_kernels";
/// What names of kernels begin with: those of sweeps, whose threads work together, and those of operations on whole
/// arrays, whose threads don't.
inline constexpr llvm::StringLiteral kSweep = "sweep", kLoop = "loop";

/// The bytes of an element in memory; a boolean is one.
inline int64_t bytesOf(mlir::Type element) {
  return element.isIndex() ? 8 : llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
}

/// Of memory, a thread reads or copies at most so many at once.
inline constexpr int64_t bytesAtOnce = 16;

/// Whether tensor cores multiply numbers of a type and add them up in f32.
inline bool isSmallFloat(mlir::Type element) { return element.isBF16() || element.isF16(); }

/// What a value is extended from, if that is small floats; else null.
inline mlir::Value smallSourceOf(mlir::Value value) {
  auto extension = value.getDefiningOp<mlir::arith::ExtFOp>();
  return extension && isSmallFloat(mlir::getElementTypeOrSelf(extension.getIn().getType())) ? extension.getIn()
                                                                                            : mlir::Value();
}

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "lib/Codegen/GPU/Passes.h.inc"

} // namespace theria::gpu

#endif // THERIA_LIB_CODEGEN_GPU_PASSES_H
