//===- Operands.cpp - what a sweep reads, cut to tiles --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Operands.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace theria::streaming {

Value maskOf(Operation *op) {
  Value mask;
  if (auto einsum = dyn_cast<EinsumOp>(op))
    mask = einsum.getMask();
  else if (auto gather = dyn_cast<GatherOp>(op))
    mask = gather.getMask();
  else if (auto scatter = dyn_cast<ScatterAddOp>(op))
    mask = scatter.getMask();
  else if (isa<LogsumexpOp, ReduceMaxOp>(op) && op->getNumOperands() > 1)
    mask = op->getOperand(1);
  return mask && isPair(mask) ? mask : Value();
}

SweepMasks masksOf(const Sweep &sweep) {
  SweepMasks found;
  for (Operation *op : sweep.reductions) {
    Value mask = maskOf(op);
    found.everywhere &= bool(mask);
    if (mask)
      found.masks.insert(mask);
  }
  for (Operation *op : sweep.pairOps)
    if (Value mask = maskOf(op))
      found.masks.insert(mask);
  return found;
}

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

SmallVector<Operation *> operationsOf(const Sweep &sweep) {
  SmallVector<Operation *> ops(sweep.pairOps.getArrayRef());
  llvm::append_range(ops, sweep.reductions);
  return ops;
}

void forEachOutside(const Sweep &sweep, EinsumOp op, llvm::function_ref<void(Value, const Layout &)> see) {
  for (auto [input, labels] : llvm::zip(op.getInputs(), op.getLabels().inputs))
    if (!isPair(input) && !sweep.rowLayouts.contains(input))
      see(input, sweep.stream->layoutOf(op, labels));
}

OpFoldResult featureSize(IndexBuilder &index, const Sweep &sweep, Value value, int64_t dim) {
  if (!sweep.rowLayouts.contains(value))
    return index.size(value, dim);
  Operation *op = value.getDefiningOp();
  if (auto einsum = dyn_cast<EinsumOp>(op)) {
    Equation equation = einsum.getLabels();
    for (auto [input, labels] : llvm::zip(einsum.getInputs(), equation.inputs))
      if (size_t at = labels.find(equation.result[dim]); at != std::string::npos)
        return featureSize(index, sweep, input, at);
  }
  auto isTensor = [](Value operand) { return isa<RankedTensorType>(operand.getType()); };
  return featureSize(index, sweep, *llvm::find_if(op->getOperands(), isTensor), dim);
}

SmallVector<OpFoldResult> resultSizes(OpBuilder &builder, Location loc, const Sweep &sweep, ArrayRef<Blocking> blocking,
                                      Operation *op) {
  IndexBuilder index(builder, loc);
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  SmallVector<OpFoldResult> sizes;
  auto row = sweep.rowLayouts.find(op->getResult(0));
  Layout layout = row == sweep.rowLayouts.end() ? sweep.stream->resultLayout(op) : row->second;
  unsigned nextSize = 0;
  for (auto [dim, axis] : llvm::enumerate(layout)) {
    if (!type.isDynamicDim(dim)) {
      sizes.push_back(index.constant(type.getDimSize(dim)));
      continue;
    }
    if (auto scatter = dyn_cast<ScatterAddOp>(op)) {
      sizes.push_back(scatter.getSizes()[nextSize++]);
      continue;
    }
    if (axis != kFeature) {
      sizes.push_back(blocking[axis].size);
      continue;
    }
    if (row != sweep.rowLayouts.end()) {
      sizes.push_back(featureSize(index, sweep, op->getResult(0), dim));
      continue;
    }
    auto einsum = cast<EinsumOp>(op);
    Equation equation = einsum.getLabels();
    for (auto [input, labels] : llvm::zip(einsum.getInputs(), equation.inputs))
      if (size_t at = labels.find(equation.result[dim]); at != std::string::npos) {
        sizes.push_back(featureSize(index, sweep, input, at));
        break;
      }
  }
  return sizes;
}

void checkFeatures(const TileBuilder &tiles) {
  OpBuilder &builder = tiles.builder;
  Location loc = tiles.loc;
  for (auto [tensor, dim] : tiles.paddedFeatures) {
    Value size = tensor::DimOp::create(builder, loc, tensor, dim);
    auto index = [&](int64_t number) { return arith::ConstantIndexOp::create(builder, loc, number); };
    // None is more than all but one, as an unsigned number.
    Value others = arith::SubIOp::create(builder, loc, size, index(1));
    Value fits = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult, others, index(tiles.featureTile));
    CheckOp::create(builder, loc, fits,
                    "expected 1 to {1} features where their number is not known when a GPU's code is made, but found "
                    "{0}; give it in the types",
                    ValueRange{size, index(tiles.featureTile)});
  }
}

bool needsEdges(const TileBuilder &tiles) {
  auto partial = [&](Axis axis) { return !tiles.blocking[axis].exact; };
  Axis rows = tiles.stream.rows, cols = tiles.stream.cols;
  bool sumsRows = llvm::any_of(tiles.sweep.reductions,
                               [&](Operation *op) { return !llvm::is_contained(tiles.stream.resultLayout(op), rows); });
  bool looksUp = llvm::any_of(tiles.sweep.pairOps, [](Operation *op) { return isa<GatherOp>(op); });
  return partial(cols) || (partial(rows) && (sumsRows || looksUp));
}

//===----------------------------------------------------------------------===//
// Columns
//===----------------------------------------------------------------------===//

static bool isMasked(const TileBuilder &tiles) { return tiles.edges || !masksOf(tiles.sweep).masks.empty(); }

/// The dimensions of a tensor over columns in the order in which a tile reads them, without batch axes.
static SmallVector<int64_t> tileOrder(const Stream &stream, const Layout &layout, bool featuresFirst) {
  SmallVector<int64_t> features, cols;
  for (auto [dim, axis] : llvm::enumerate(layout))
    if (!stream.isBatch(axis))
      (axis == kFeature ? features : cols).push_back(dim);
  SmallVector<int64_t> order(featuresFirst ? features : cols);
  llvm::append_range(order, featuresFirst ? cols : features);
  return order;
}

/// Dimensions of a tile in another order.
static Value reorder(TileBuilder &tiles, Value tile, ArrayRef<int64_t> order) {
  if (llvm::is_sorted(order))
    return tile;
  Equation equation;
  std::string labels;
  SmallVector<int64_t> sorted(order), shape;
  llvm::sort(sorted);
  for (size_t position = 0; position < order.size(); ++position)
    labels += Equation::labelAt(position);
  equation.inputs = {labels};
  auto type = cast<RankedTensorType>(tile.getType());
  for (int64_t dim : order) {
    size_t position = llvm::find(sorted, dim) - sorted.begin();
    equation.result += labels[position];
    shape.push_back(type.getDimSize(position));
  }
  return EinsumOp::create(tiles.builder, tiles.loc, RankedTensorType::get(shape, type.getElementType()), equation, tile,
                          Value(), [](char) { return Value(); });
}

/// Packs one tensor; with `checked`, notes for each block whether all its numbers are finite.
static void pack(TileBuilder &tiles, Value value, const Layout &layout, bool featuresFirst, bool checked) {
  OpBuilder &builder = tiles.builder;
  Location loc = tiles.loc;
  const Stream &stream = tiles.stream;
  SmallVector<Axis> axes;
  SmallVector<OpFoldResult> bounds, sizes;
  for (Axis axis : layout)
    if (stream.isBatch(axis)) {
      axes.push_back(axis);
      bounds.push_back(tiles.blocking[axis].count);
    }
  axes.push_back(stream.cols);
  bounds.push_back(tiles.blocking[stream.cols].count);
  sizes = bounds;
  SmallVector<int64_t> order = tileOrder(stream, layout, featuresFirst);
  for (int64_t dim : order)
    sizes.push_back(layout[dim] == kFeature ? tiles.index.size(value, dim) : tiles.tileSize(stream.cols));
  SmallVector<Value> outputs{allocate(builder, loc, sizes, getElementTypeOrSelf(value.getType()))};
  if (checked)
    outputs.push_back(allocate(builder, loc, bounds, builder.getI1Type()));
  auto forall = scf::ForallOp::create(builder, loc, bounds, outputs, std::nullopt);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(forall.getBody());
  Position saved = tiles.at;
  for (auto [axis, position] : llvm::zip(axes, forall.getInductionVars()))
    tiles.moveTo(axis, position);
  Value tile = reorder(tiles, extract(builder, loc, value, tiles.extents(value, layout)), order);
  SmallVector<Extent> flag = tiles.blockOf(layout), block = flag;
  for (OpFoldResult size : tensor::getMixedSizes(builder, loc, tile))
    block.push_back(tiles.index.whole(size));
  Value finite = checked ? tensor::FromElementsOp::create(builder, loc, RankedTensorType::get({}, builder.getI1Type()),
                                                          allFinite(builder, loc, tile))
                         : Value();
  builder.setInsertionPointToStart(forall.getTerminator().getBody());
  insertInParallel(builder, loc, tile, forall.getRegionIterArgs()[0], block);
  if (checked)
    insertInParallel(builder, loc, finite, forall.getRegionIterArgs()[1], flag);
  tiles.at = saved;
  tiles.packed[{value, layout, featuresFirst}] = forall.getResult(0);
  if (checked)
    tiles.finiteBlocks[{value, layout, false}] = forall.getResult(1);
}

/// Whether a product with a mask must know that all numbers of an operand are finite.
static bool needsFinite(EinsumOp op, Value value, const Layout &layout) {
  return !isPair(op.getResult()) && llvm::is_contained(layout, kFeature) &&
         isa<FloatType>(getElementTypeOrSelf(value.getType()));
}

/// Calls `see` for each operand of any einsum of a sweep that is no pair, no statistic and lies along `axis`.
static void forEachAlong(const Sweep &sweep, Axis axis, llvm::function_ref<void(EinsumOp, Value, const Layout &)> see) {
  for (Operation *op : operationsOf(sweep))
    if (auto einsum = dyn_cast<EinsumOp>(op))
      forEachOutside(sweep, einsum, [&](Value value, const Layout &layout) {
        if (llvm::is_contained(layout, axis))
          see(einsum, value, layout);
      });
}

void packColumnOperands(TileBuilder &tiles) {
  const Stream &stream = tiles.stream;
  bool masked = isMasked(tiles);
  forEachAlong(tiles.sweep, stream.cols, [&](EinsumOp op, Value value, const Layout &layout) {
    bool featuresFirst = isPair(op.getResult());
    bool isOrdered = llvm::is_sorted(tileOrder(stream, layout, featuresFirst));
    bool checked = masked && needsFinite(op, value, layout);
    if (tiles.packed.contains({value, layout, featuresFirst}) ||
        (isOrdered && tiles.blocking[stream.cols].exact && !checked))
      return;
    pack(tiles, value, layout, featuresFirst, checked);
  });
}

void prepareRowOperands(TileBuilder &tiles) {
  bool masked = isMasked(tiles);
  forEachAlong(tiles.sweep, tiles.stream.rows, [&](EinsumOp op, Value value, const Layout &layout) {
    OperandKey key{value, layout, false};
    Value &tile = tiles.rowTiles[key];
    if (!tile)
      tile = extract(tiles.builder, tiles.loc, value, tiles.extents(value, layout));
    if (masked && needsFinite(op, value, layout) && !tiles.finiteRows.contains(key))
      tiles.finiteRows[key] = allFinite(tiles.builder, tiles.loc, tile);
  });
}

} // namespace theria::streaming
