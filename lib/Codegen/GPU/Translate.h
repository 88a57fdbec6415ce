//===- Translate.h - kernels as LLVM IR and PTX -----------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_GPU_TRANSLATE_H
#define THERIA_LIB_CODEGEN_GPU_TRANSLATE_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/Error.h"

namespace theria::gpu {

/// Whether LLVM makes code for a chip, and Theria for what it has: sm_80 and later.
bool isChip(llvm::StringRef chip);
/// Whether a chip is of the generation of sm_100 or a later one.
bool isBlackwell(llvm::StringRef chip);
/// Whether four warps of a chip multiply together, by wgmma.
bool hasWgmma(llvm::StringRef chip);

/// The shared memory that a block of threads may have (CUDA C++ Programming Guide, Compute Capabilities: technical
/// specifications).
int64_t sharedBytesOf(llvm::StringRef chip);

/// The kernels of a module of the NVVM dialect as LLVM IR, optimised for a chip: what PTX is made of.
llvm::Expected<std::unique_ptr<llvm::Module>> translateKernels(mlir::gpu::GPUModuleOp kernels, llvm::StringRef chip,
                                                               llvm::LLVMContext &context);

/// Their PTX.
llvm::Expected<std::string> emitPtx(mlir::gpu::GPUModuleOp kernels, llvm::StringRef chip);

} // namespace theria::gpu

#endif // THERIA_LIB_CODEGEN_GPU_TRANSLATE_H
