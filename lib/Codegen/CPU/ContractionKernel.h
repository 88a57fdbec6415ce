//===- ContractionKernel.h - the register-blocked matrix product *- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_CPU_CONTRACTIONKERNEL_H
#define THERIA_LIB_CODEGEN_CPU_CONTRACTIONKERNEL_H

#include "lib/Codegen/CPU/VectorTarget.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"

#include <map>

namespace theria::cpu {

/// The dimension of a matrix whose elements lie side by side, where it is known.
enum class UnitStride { first, second, none };

/// What tells one kernel from another.
struct KernelKind {
  mlir::Type element;
  /// Of A, an m by k matrix.
  UnitStride a;
  /// Of B, a k by n matrix. Unless it is `second`, B is packed.
  UnitStride b;
  /// Whether C takes the place of a C that was zero.
  bool overwrites;

  auto key() const { return std::make_tuple(element.getAsOpaquePointer(), a, b, overwrites); }
};

/// memref<?x?xelement> with one or no unit stride, at any offset.
mlir::MemRefType matrixType(mlir::Type element, UnitStride unit);

/// The part of C that a kernel keeps in registers.
struct BlockShape {
  int64_t rows;
  int64_t vectors;
};

/// The largest block that leaves registers for a row of B and an element of A:
/// 6*2 + 2 + 1 of 16, 6*4 + 4 + 1 of 32.
BlockShape blockShape(VectorTarget target);

/// Fills a declared kernel, for a B with unit stride along n.
void buildKernel(mlir::func::FuncOp kernel, VectorTarget target, const KernelKind &kind);

/// The kernels of a module, private functions (A, B, C) that compute
/// C[i, j] += sum over k of A[i, k]*B[k, j] for matrices of any size. Each
/// element is summed in the order of k, whatever the sizes.
class ContractionKernels {
public:
  ContractionKernels(mlir::ModuleOp module, VectorTarget target) : module(module), symbols(module), target(target) {}

  /// The kernel of a kind, built when it is first asked for.
  mlir::func::FuncOp get(const KernelKind &kind);

private:
  mlir::func::FuncOp declare(const KernelKind &kind);

  mlir::ModuleOp module;
  mlir::SymbolTable symbols;
  VectorTarget target;
  std::map<decltype(std::declval<KernelKind>().key()), mlir::func::FuncOp> kernels;
};

} // namespace theria::cpu

#endif // THERIA_LIB_CODEGEN_CPU_CONTRACTIONKERNEL_H
