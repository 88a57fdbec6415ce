//===- DistributeProducts.cpp - products of matrices among threads --------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/GPU/Passes.h"
#include "lib/Codegen/GPU/TileDistributor.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace theria::gpu {

/// `count` elements along the depth of one row, or column, of an operand.
SmallVector<Value> TileDistributor::readLine(const Shared &tile, bool depthFirst, Value line, Value depth,
                                             int64_t count) {
  SmallVector<Value> elements;
  if (tile.hasDepthAlongRows(depthFirst)) {
    Type element = cast<MemRefType>(tile.memory.getType()).getElementType();
    Value several = vector::LoadOp::create(builder, loc, VectorType::get({count}, element), tile.memory,
                                           placeIn(tile, line, depth));
    for (int64_t number = 0; number < count; ++number)
      elements.push_back(
          asElement(vector::ExtractOp::create(builder, loc, several, ArrayRef<int64_t>{number}), tile.element));
    return elements;
  }
  for (int64_t number = 0; number < count; ++number)
    elements.push_back(asElement(
        memref::LoadOp::create(builder, loc, tile.memory, placeIn(tile, add(depth, number), line)), tile.element));
  return elements;
}

/// Says so to LLVM, which says it to ptxas: of a loop that it unrolls, it holds all that is read at once.
static LLVM::LoopAnnotationAttr neverUnrolled(MLIRContext *context) {
  auto unroll = LLVM::LoopUnrollAttr::get(context, /*disable=*/BoolAttr::get(context, true), {}, {}, {}, {}, {}, {});
  return LLVM::LoopAnnotationAttr::get(context, {}, {}, {}, unroll, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {});
}

/// One fma for each step along the depth.
SmallVector<Value> TileDistributor::multiplyByFma(vector::ContractionOp op, SmallVector<Value> sums) {
  auto type = cast<VectorType>(op.getResultType());
  const int64_t together = bytesAtOnce / (type.getElementTypeBitWidth() / 8);
  const int64_t length = op.getLhsType().getDimSize(isDepthFirst(op, 0) ? 0 : 1);
  Shared left = shared(op.getLhs()), right = shared(op.getRhs());
  if (!left.memory || !right.memory)
    return {};
  SmallVector<Value> rowPlaces = rowsOf(type.getDimSize(0)), colPlaces = colsOf(type.getDimSize(1));
  auto loop = scf::ForOp::create(builder, loc, index(0), index(length), index(together), sums);
  if (frame.isNarrow())
    loop->setAttr("llvm.loop_annotation", neverUnrolled(builder.getContext()));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  Value at = loop.getInductionVar();
  SmallVector<SmallVector<Value>> lines, columns;
  for (Value place : rowPlaces)
    lines.push_back(readLine(left, isDepthFirst(op, 0), place, at, together));
  for (Value place : colPlaces)
    columns.push_back(readLine(right, isDepthFirst(op, 1), place, at, together));
  SmallVector<Value> next(loop.getRegionIterArgs());
  for (int64_t step = 0; step < together; ++step)
    for (auto [row, line] : llvm::enumerate(lines))
      for (auto [col, column] : llvm::enumerate(columns)) {
        Value &sum = next[row * columns.size() + col];
        sum = math::FmaOp::create(builder, loc, line[step], column[step], sum);
      }
  scf::YieldOp::create(builder, loc, next);
  return SmallVector<Value>(loop.getResults());
}

/// Each thread its elements of the result.
LogicalResult TileDistributor::distribute(vector::ContractionOp op) {
  AffineExpr rows, cols;
  bindDims(op.getContext(), rows, cols);
  auto type = cast<VectorType>(op.getResultType());
  if (op.getKind() != vector::CombiningKind::ADD || !isa<FloatType>(type.getElementType()) ||
      op.getIndexingMapsArray()[2] != AffineMap::get(3, 0, {rows, cols}, op.getContext()))
    return refuse(op);
  if (isByWgmma(op, frame))
    return multiplyByWgmma(op);
  Value start = piece(op.getAcc());
  if (!start)
    return refuse(op);
  VectorType held = pieceType(type);
  SmallVector<Value> sums;
  for (int64_t row = 0; row < held.getDimSize(0); ++row)
    for (int64_t col = 0; col < held.getDimSize(1); ++col)
      sums.push_back(element(start, row, col));
  sums = isForTensorCores(op)      ? multiplyByMma(op, std::move(sums))
         : op->hasAttr(kSplitTf32) ? multiplyBySplitTf32(op, std::move(sums))
                                   : multiplyByFma(op, std::move(sums));
  if (sums.empty())
    return refuse(op);
  give(op, assemble(held, sums));
  return success();
}

} // namespace theria::gpu
