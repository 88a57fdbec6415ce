//===- Contraction.h - contractions as calls of kernels ---------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_CPU_CONTRACTION_H
#define THERIA_LIB_CODEGEN_CPU_CONTRACTION_H

#include "lib/Codegen/CPU/ContractionKernel.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace theria::cpu {

/// Whether callContractionKernel would succeed.
bool isMatrixProduct(mlir::linalg::GenericOp op);

/// Replaces a contraction of two matrices, C += A*B on memrefs of f32 or f64, by
/// a call of a kernel inside loops over the dimensions that are not of the
/// matrices. Fails, with nothing changed, where `op` is none or no kernel would
/// be faster than loops.
llvm::LogicalResult callContractionKernel(mlir::linalg::GenericOp op, ContractionKernels &kernels);

} // namespace theria::cpu

#endif // THERIA_LIB_CODEGEN_CPU_CONTRACTION_H
