//===- ControlFlow.h - loops and branches of other types --------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_GPU_CONTROLFLOW_H
#define THERIA_LIB_CODEGEN_GPU_CONTROLFLOW_H

#include "mlir/Dialect/SCF/IR/SCF.h"

namespace theria::gpu {

/// A loop that starts with other values and has the body of an old one, whose carried values it still reads; results
/// and what is yielded are the caller's to replace.
mlir::scf::ForOp moveLoop(mlir::OpBuilder &builder, mlir::scf::ForOp op, mlir::ValueRange inits);

/// A branch that has results of other types and the regions of an old one.
mlir::scf::IfOp moveBranch(mlir::OpBuilder &builder, mlir::scf::IfOp op, mlir::TypeRange types);

} // namespace theria::gpu

#endif // THERIA_LIB_CODEGEN_GPU_CONTROLFLOW_H
