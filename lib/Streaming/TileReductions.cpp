//===- TileReductions.cpp - what a tile adds to a reduction ---------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Tiles.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria::streaming {

Value allFinite(OpBuilder &builder, Location loc, Value tensor) {
  auto type = cast<RankedTensorType>(tensor.getType());
  Value size = math::AbsFOp::create(builder, loc, tensor);
  while (type.getRank() > 0) {
    type = RankedTensorType::get(type.getShape().drop_back(), type.getElementType());
    size = ReduceMaxOp::create(builder, loc, type, size, Value(), type.getRank());
  }
  Value largest = tensor::ExtractOp::create(builder, loc, size, ValueRange());
  Value limit = arith::ConstantOp::create(
      builder, loc, builder.getFloatAttr(type.getElementType(), std::numeric_limits<double>::infinity()));
  return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLT, largest, limit);
}

Value TileBuilder::isFinite(Value source, const Layout &layout, Value tile) {
  OperandKey key{source, layout, false};
  if (auto rows = finiteRows.find(key); rows != finiteRows.end())
    return rows->second;
  auto blocks = finiteBlocks.find(key);
  if (blocks == finiteBlocks.end())
    return allFinite(builder, loc, tile);
  SmallVector<Value> indices;
  for (const Extent &extent : blockOf(layout))
    indices.push_back(index.value(extent.offset));
  return tensor::ExtractOp::create(builder, loc, blocks->second, indices);
}

/// A contraction of pairs under a mask. Where every other number is finite, zero is as good as not being there.
Value TileBuilder::contract(const Equation &equation, ArrayRef<Value> operands, Value mask, Value finite) {
  Type element = getElementTypeOrSelf(operands.front().getType());
  SmallVector<Value> selected(operands);
  selected.front() = select(mask, selected.front());
  if (!mask || !finite)
    return einsum(equation, selected, Value(), element);
  Equation exact = equation;
  exact.where = equation.inputs.front();
  OpBuilder::InsertionGuard guard(builder);
  auto emit = [&](const Equation &equation, ArrayRef<Value> operands, Value mask) {
    return scf::YieldOp::create(builder, loc, einsum(equation, operands, mask, element));
  };
  RankedTensorType type = einsumType(equation, operands, element);
  auto choice = scf::IfOp::create(builder, loc, type, finite, /*withElseRegion=*/true);
  builder.setInsertionPointToStart(&choice.getThenRegion().front());
  emit(equation, selected, Value());
  builder.setInsertionPointToStart(&choice.getElseRegion().front());
  emit(exact, selected, mask);
  return choice.getResult(0);
}

Value TileBuilder::reduceEinsum(EinsumOp op) {
  LocalEinsum local = localise(op);
  Type element = getElementTypeOrSelf(op.getType());
  Value mask = live(local.mask ? Value() : op.getMask()), finite;
  if (local.mask) {
    Value own = spread(local);
    mask = mask ? Value(arith::AndIOp::create(builder, loc, mask, own)) : own;
  }
  Equation product, sum;
  product.result = local.pairLabels;
  sum.inputs = {product.result};
  sum.result = local.equation.result;
  SmallVector<Value> factors, operands(1);
  for (auto [source, tile, layout, labels] :
       llvm::zip(op.getInputs(), local.tiles, local.layouts, local.equation.inputs)) {
    if (isSubset(labels, product.result)) {
      factors.push_back(tile);
      product.inputs.push_back(labels);
      continue;
    }
    operands.push_back(tile);
    sum.inputs.push_back(labels);
    if (!mask)
      continue;
    Value one = isFinite(source, layout, tile);
    finite = finite ? Value(arith::AndIOp::create(builder, loc, finite, one)) : one;
  }
  bool isPlain = factors.size() == 1 && product.inputs.front() == product.result;
  SmallVector<OpFoldResult> sizes{tileSize(stream.rows), tileSize(stream.cols)};
  operands.front() = factors.empty() ? splat(builder, loc, sizes, element, 1)
                     : isPlain       ? factors.front()
                                     : einsum(product, factors, Value(), element);
  if (operands.size() == 1 && sum.result == product.result)
    return select(mask, operands.front());
  return contract(sum, operands, mask, finite);
}

/// A tile of pairs in the order of a result's dimensions.
Value TileBuilder::orderAs(Operation *result, Value tile) {
  Layout layout = stream.resultLayout(result);
  if (llvm::find(layout, stream.rows) < llvm::find(layout, stream.cols))
    return tile;
  Equation transpose;
  transpose.inputs = {"ij"};
  transpose.result = "ji";
  return einsum(transpose, tile, Value(), getElementTypeOrSelf(tile.getType()));
}

Value TileBuilder::reduce(Operation *op) {
  if (auto einsum = dyn_cast<EinsumOp>(op)) {
    Value tile = reduceEinsum(einsum);
    return isPair(einsum.getResult()) ? orderAs(op, tile) : tile;
  }
  if (isa<PairCastOp>(op))
    return orderAs(op, pair(op->getOperand(0)));
  if (auto scatter = dyn_cast<ScatterAddOp>(op)) {
    SmallVector<Value> indices = llvm::map_to_vector(scatter.getIndices(), [&](Value value) { return pair(value); });
    Value updates = pair(scatter.getUpdates()), mask = live(scatter.getMask());
    return ScatterAddOp::create(builder, loc, op->getResultTypes(), updates, indices, mask, scatter.getSizes());
  }
  Value input = op->getOperand(0), mask = live(op->getNumOperands() > 1 ? op->getOperand(1) : Value());
  bool alongRows = stream.layouts.at(input)[op->getAttrOfType<IntegerAttr>("dim").getInt()] == stream.rows;
  Value tile = pair(input);
  RankedTensorType pairs = pairTileType(getElementTypeOrSelf(tile.getType()));
  auto type = RankedTensorType::get(pairs.getDimSize(alongRows ? 1 : 0), pairs.getElementType());
  int64_t dim = alongRows ? 0 : 1;
  if (isa<ReduceMaxOp>(op))
    return ReduceMaxOp::create(builder, loc, type, tile, mask, dim);
  return LogsumexpOp::create(builder, loc, type, tile, mask, dim);
}

} // namespace theria::streaming
