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
#include "llvm/ADT/MapVector.h"

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

/// What is known of the sizes of every C that a kernel is called for: it has no code for others.
struct KernelSizes {
  /// A divisor of all numbers of columns; 0: no C yet.
  int64_t columns = 0;
  /// Bit r: some number of rows may be r more than a multiple of a block's.
  unsigned rowsLeft = 0;

  /// Adds a C, of which a size may be unknown.
  void add(int64_t rowsOfC, int64_t columnsOfC, int64_t rowsOfBlock);
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
void buildKernel(mlir::func::FuncOp kernel, VectorTarget target, const KernelKind &kind, const KernelSizes &sizes);

/// The kernels of a module, private functions (A, B, C) that compute
/// C[i, j] += sum over k of A[i, k]*B[k, j] for matrices of the sizes that they
/// were asked for. Each element is summed in the order of k, whatever the sizes.
class ContractionKernels {
public:
  ContractionKernels(mlir::ModuleOp module, VectorTarget target) : module(module), symbols(module), target(target) {}

  /// The kernel of a kind, to be called for a C of these sizes, which may be unknown.
  mlir::func::FuncOp get(const KernelKind &kind, int64_t rows, int64_t columns);

  /// Fills the kernels that were asked for, once all are.
  void build();

private:
  mlir::func::FuncOp declare(const KernelKind &kind);

  mlir::ModuleOp module;
  mlir::SymbolTable symbols;
  VectorTarget target;
  struct Kernel {
    KernelKind kind;
    mlir::func::FuncOp function;
    KernelSizes sizes;
  };
  llvm::MapVector<decltype(std::declval<KernelKind>().key()), Kernel,
                  std::map<decltype(std::declval<KernelKind>().key()), unsigned>>
      kernels;
};

} // namespace theria::cpu

#endif // THERIA_LIB_CODEGEN_CPU_CONTRACTIONKERNEL_H
