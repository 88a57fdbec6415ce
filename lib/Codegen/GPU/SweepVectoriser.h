//===- SweepVectoriser.h - tiles of a sweep as vectors ----------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_GPU_SWEEPVECTORISER_H
#define THERIA_LIB_CODEGEN_GPU_SWEEPVECTORISER_H

#include "lib/Codegen/GPU/TileVectors.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace theria::gpu {

/// Rewrites one sweep, operation by operation.
class SweepVectoriser {
public:
  explicit SweepVectoriser(mlir::scf::ForallOp sweep) : sweep(sweep), shapes(sweep), builder(sweep) {}
  mlir::LogicalResult run();

private:
  mlir::LogicalResult convert(mlir::Block &block);
  mlir::LogicalResult convert(mlir::Operation *op);
  mlir::LogicalResult convert(mlir::scf::ForOp op);
  mlir::LogicalResult convert(mlir::scf::IfOp op);
  mlir::LogicalResult convert(EinsumOp op);
  mlir::LogicalResult convert(ReduceMaxOp op);
  mlir::LogicalResult convert(LogsumexpOp op);
  mlir::LogicalResult convert(CoordOp op);
  mlir::LogicalResult convert(GatherOp op);
  mlir::LogicalResult convert(ScatterAddOp op);
  mlir::LogicalResult convert(mlir::tensor::InsertSliceOp op);
  mlir::LogicalResult convertElementwise(mlir::Operation *op);
  mlir::LogicalResult refuse(mlir::Operation *op);
  mlir::LogicalResult refuseSize(mlir::Operation *op);
  /// What a reduction along one dimension reads.
  struct Line {
    mlir::Value input;
    bool alongRows;
    int64_t size;
  };
  Line lineOf(mlir::Operation *op, mlir::Value input, int64_t dim);
  mlir::Value liveOf(mlir::Operation *op, const Line &line, mlir::Value mask, double otherwise);
  void requireInside(mlir::Location loc, mlir::Value size, mlir::Value index, mlir::Value inside, mlir::Value live,
                     unsigned dim);
  mlir::Value placeIn(mlir::Location loc, llvm::ArrayRef<mlir::Value> sizes, mlir::ValueRange indices,
                      mlir::VectorType type, mlir::Value &live);
  mlir::Value column(mlir::Location loc, mlir::Value tile, mlir::Value position);
  mlir::Value scatter(mlir::Location loc, mlir::Value updates, mlir::Value place, mlir::VectorType result);
  mlir::Value scatterRows(mlir::Location loc, mlir::Value updates, mlir::Value row, mlir::Value place,
                          mlir::Value count, mlir::VectorType result);
  void finish(mlir::scf::InParallelOp end);
  void writeEarly(mlir::Operation *write);

  mlir::Value vector(mlir::Value tile, mlir::VectorType like = {});
  TileTerm term(mlir::Value tile, llvm::StringRef labels);
  mlir::Value read(mlir::Value memory, mlir::VectorType type, mlir::Location loc);
  mlir::Value write(mlir::Value tile, mlir::Value into, mlir::Location loc);
  /// A new operation of control flow's results and block arguments, tiles of them as vectors.
  void replace(mlir::Value old, mlir::Value given);
  VectorBuilder vectors(mlir::Location loc) { return VectorBuilder(builder, loc); }

  mlir::scf::ForallOp sweep;
  TileShapes shapes;
  mlir::OpBuilder builder;
  llvm::DenseMap<mlir::Value, mlir::Value> made;
  llvm::SmallVector<mlir::Operation *> dead;
};

} // namespace theria::gpu

#endif // THERIA_LIB_CODEGEN_GPU_SWEEPVECTORISER_H
