//===- LoopNest.h - a generic as loops over vectors -------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_CPU_LOOPNEST_H
#define THERIA_LIB_CODEGEN_CPU_LOOPNEST_H

#include "lib/Codegen/CPU/OperandAccess.h"
#include "lib/Codegen/CPU/ScalarBody.h"

namespace theria::cpu {

/// A generic on memrefs as its loops see it.
struct LoopNest {
  explicit LoopNest(mlir::linalg::GenericOp op);

  bool isParallel(unsigned loop) const { return iterators[loop] == mlir::utils::IteratorType::parallel; }
  bool isAllParallel() const;
  /// Whether several iterations write one element of a result.
  bool isSum(unsigned result) const;
  bool isKnown(unsigned loop) const { return !mlir::ShapedType::isDynamic(extents[loop]); }
  /// The size of a loop, a nominal one where it is unknown.
  int64_t nominalSize(unsigned loop) const;
  /// The largest of the loops that `fits` holds for.
  std::optional<unsigned> largest(llvm::function_ref<bool(unsigned)> fits) const;

  mlir::linalg::GenericOp op;
  BodyTraits body;
  llvm::SmallVector<OperandAccess> inputs, outputs;
  llvm::SmallVector<int64_t> extents;
  llvm::SmallVector<mlir::utils::IteratorType> iterators;
};

/// Emits loops in place of a generic; the base of what fills them.
class LoopEmitter {
protected:
  LoopEmitter(const LoopNest &nest, VectorTarget target);

  mlir::Value constant(int64_t value);
  mlir::Value offset(mlir::Value value, int64_t distance);
  /// Runs `body` with `loop` from `begin` while a whole step fits; returns where it ends.
  /// `carried` goes through the iterations, which `body` updates.
  mlir::Value forSteps(unsigned loop, mlir::Value begin, int64_t step, llvm::SmallVector<mlir::Value> &carried,
                       llvm::function_ref<void()> body);
  /// Runs `body` inside a loop over each of `loops`.
  void forAll(llvm::ArrayRef<unsigned> loops, llvm::SmallVector<mlir::Value> &carried, llvm::function_ref<void()> body);
  /// The loops of one kind, but for `except`.
  llvm::SmallVector<unsigned> loopsOf(mlir::utils::IteratorType kind, unsigned except) const;

  const LoopNest &nest;
  mlir::linalg::GenericOp op;
  VectorTarget target;
  mlir::OpBuilder b;
  mlir::Location loc;
  llvm::SmallVector<mlir::Value> sizes;
  llvm::SmallVector<mlir::Value> ivs;
};

/// Makes every operation on arrays of a module a linalg.generic, but for fills.
void generalise(mlir::ModuleOp module);

/// Replaces a generic by loops of which one runs in vectors: along a parallel
/// dimension in which results have a unit stride, or along a reduction
/// dimension in which inputs have. Fails, with nothing changed, where neither
/// is there or the body cannot run on vectors.
llvm::LogicalResult vectoriseLoops(mlir::linalg::GenericOp op, VectorTarget target);

/// Replaces a generic without reductions, of which inputs have their unit
/// stride along another dimension than the results, by loops over square tiles
/// that are transposed in registers. Fails, with nothing changed, on others.
llvm::LogicalResult transposeInRegisters(mlir::linalg::GenericOp op, VectorTarget target);

} // namespace theria::cpu

#endif // THERIA_LIB_CODEGEN_CPU_LOOPNEST_H
