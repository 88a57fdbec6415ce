//===- ElementwiseRun.h - tiles computed element by element -----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_GPU_ELEMENTWISERUN_H
#define THERIA_LIB_CODEGEN_GPU_ELEMENTWISERUN_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/ADT/SetVector.h"

namespace theria::gpu {

/// Arithmetic, functions and repetitions of a block on vectors of two dimensions, in order, before any other operation
/// reads what they give. A thread computes all of them there, for one element before the next; what stands between, as
/// a loop or a barrier, comes first.
class ElementwiseRun {
public:
  /// Whether an operation was taken into the run.
  bool take(mlir::Operation *op) {
    const bool isScalar = mlir::isa<mlir::arith::ArithDialect, mlir::math::MathDialect>(op->getDialect());
    const bool isElementwise = op->getNumResults() == 1 && mlir::OpTrait::hasElementwiseMappableTraits(op);
    if (!(isScalar && isElementwise) && !mlir::isa<mlir::vector::BroadcastOp>(op))
      return false;
    auto type = mlir::dyn_cast<mlir::VectorType>(op->getResult(0).getType());
    return type && type.getRank() == 2 && ops.insert(op);
  }

  bool contains(mlir::Operation *op) const { return op && ops.contains(op); }

  /// Whether an operation, or one within it, reads what the run gives.
  bool feeds(mlir::Operation *op) const {
    auto isOurs = [&](mlir::Value value) { return contains(value.getDefiningOp()); };
    return op
        ->walk([&](mlir::Operation *inner) {
          return llvm::any_of(inner->getOperands(), isOurs) ? mlir::WalkResult::interrupt()
                                                            : mlir::WalkResult::advance();
        })
        .wasInterrupted();
  }

  /// Calls `see` for each run of a block and the operation that ends it, before which it may be erased.
  static void forEach(mlir::Block &block, llvm::function_ref<void(ElementwiseRun &, mlir::Operation &)> see) {
    ElementwiseRun run;
    for (mlir::Operation &op : llvm::make_early_inc_range(block))
      if (!run.take(&op) && run.feeds(&op)) {
        see(run, op);
        run.ops.clear();
      }
  }

  llvm::ArrayRef<mlir::Operation *> operations() const { return ops.getArrayRef(); }

private:
  llvm::SetVector<mlir::Operation *> ops;
};

} // namespace theria::gpu

#endif // THERIA_LIB_CODEGEN_GPU_ELEMENTWISERUN_H
