//===- Tiles.cpp - operations on pairs, on one tile -----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Operands.h"

#include "dialect/Folds.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace theria::streaming {

RankedTensorType TileBuilder::pairTileType(Type element) const {
  return RankedTensorType::get({blocking[stream.rows].tile, blocking[stream.cols].tile}, element);
}

OpFoldResult TileBuilder::tileSize(Axis axis) { return index.constant(blocking[axis].tile); }

Extent TileBuilder::features(OpFoldResult size) {
  const bool isPadded = featureTile && !getConstantIntValue(size);
  return isPadded ? Extent::block(index.constant(0), size, index.constant(featureTile)) : index.whole(size);
}

void TileBuilder::refuseFeatures(Operation *op) {
  if (!failed)
    op->emitError("expected types that all say the number of features or all leave it open, but found both; give it in "
                  "the types of all operands and results");
  failed = true;
}

SmallVector<Extent> TileBuilder::extents(Value tensor, ArrayRef<Axis> layout) {
  SmallVector<Extent> extents;
  for (auto [dim, axis] : llvm::enumerate(layout)) {
    if (axis == kFeature) {
      extents.push_back(features(index.size(tensor, dim)));
      if (extents.back().valid != extents.back().size)
        paddedFeatures.insert({tensor, dim});
    } else if (stream.isBatch(axis))
      extents.push_back(Extent::at(at.index[axis]));
    else
      extents.push_back(Extent::block(at.offset[axis], at.valid[axis], tileSize(axis)));
  }
  return extents;
}

/// A constant that is the same everywhere, at another shape.
static Value resplat(OpBuilder &builder, Location loc, Value value, RankedTensorType type) {
  TypedAttr element = type.hasStaticShape() ? getUniformConstant(value) : TypedAttr();
  return element ? arith::ConstantOp::create(builder, loc, DenseElementsAttr::get(type, element)) : Value();
}

void TileBuilder::moveTo(Axis axis, OpFoldResult block) {
  at.index[axis] = block;
  if (axis == stream.cols)
    at.column = block;
  if (stream.isBatch(axis))
    return;
  at.offset[axis] = index.multiply(block, tileSize(axis));
  at.valid[axis] = blocking[axis].exact
                       ? tileSize(axis)
                       : index.minimum(tileSize(axis), index.subtract(blocking[axis].size, at.offset[axis]));
}

Value TileBuilder::operand(Value value, ArrayRef<Axis> layout, bool featuresFirst) {
  if (Value tile = statistics.lookup(value))
    return tile;
  Layout own(layout);
  if (auto tile = rowTiles.find({value, own, false}); tile != rowTiles.end())
    return tile->second;
  auto blocks = packed.find({value, own, featuresFirst});
  if (blocks == packed.end())
    return extract(builder, loc, value, extents(value, layout));
  // Batch axes, block, then what a tile holds.
  SmallVector<Extent> slice = blockOf(layout);
  index.appendWhole(blocks->second, slice);
  return extract(builder, loc, blocks->second, slice);
}

SmallVector<Extent> TileBuilder::blockOf(ArrayRef<Axis> layout) {
  SmallVector<Extent> block;
  for (Axis axis : layout)
    if (stream.isBatch(axis))
      block.push_back(Extent::at(at.index[axis]));
  block.push_back(Extent::at(at.index[stream.cols]));
  return block;
}

RankedTensorType TileBuilder::einsumType(const Equation &equation, ValueRange operands, Type element) {
  SmallVector<int64_t> shape;
  for (auto [position, label] : llvm::enumerate(equation.result)) {
    // What no operand has is a dimension of the tile.
    int64_t size = blocking[position == 0 ? stream.rows : stream.cols].tile;
    for (auto [operand, labels] : llvm::zip(operands, equation.inputs))
      if (size_t dim = labels.find(label); dim != std::string::npos)
        size = cast<RankedTensorType>(operand.getType()).getDimSize(dim);
    shape.push_back(size);
  }
  return RankedTensorType::get(shape, element);
}

Value TileBuilder::einsum(const Equation &equation, ValueRange operands, Value mask, Type element) {
  return EinsumOp::create(builder, loc, einsumType(equation, operands, element), equation, operands, mask,
                          [](char) { return Value(); });
}

/// A statistic with zeros in the place of features that it doesn't have, which a sum would see: what is computed of
/// zeros need not be zero.
Value TileBuilder::zeroBeyond(Value statistic, Value tile, ArrayRef<Axis> layout) {
  if (!featureTile || !statistics.contains(statistic))
    return tile;
  auto type = cast<RankedTensorType>(tile.getType());
  auto places = type.clone(builder.getIndexType());
  int64_t next = 0;
  for (auto [dim, axis] : llvm::enumerate(layout)) {
    if (stream.isBatch(axis))
      continue;
    const int64_t here = next++;
    OpFoldResult size = axis == kFeature ? featureSize(index, sweep, statistic, dim) : OpFoldResult();
    if (!size || getConstantIntValue(size))
      continue;
    Value place = CoordOp::create(builder, loc, places, here, ValueRange(), Value());
    Value end = tensor::SplatOp::create(builder, loc, index.value(size), places.getShape(), ValueRange());
    tile = select(arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, place, end), tile);
  }
  return tile;
}

TileBuilder::LocalEinsum TileBuilder::localise(EinsumOp op) {
  Equation equation = op.getLabels();
  LabelAxes axes = stream.labelAxes(op);
  auto bring = [&](Value input, StringRef labels) { // Statistics bring axes of their own.
    if (auto found = sweep.rowLayouts.find(input); found != sweep.rowLayouts.end())
      for (auto [label, axis] : llvm::zip(labels, found->second))
        axes[label] = axis;
  };
  for (auto [input, labels] : llvm::zip(op.getInputs(), equation.inputs))
    bring(input, labels);
  if (op.getMask())
    bring(op.getMask(), equation.where);
  auto axisOf = [&](char label) { return axes.contains(label) ? axes.lookup(label) : kFeature; };
  auto labelsOn = [&](StringRef labels, llvm::function_ref<bool(Axis)> wanted) {
    std::string some;
    llvm::copy_if(labels, std::back_inserter(some), [&](char label) { return wanted(axisOf(label)); });
    return some;
  };
  auto on = [](Axis wanted) { return [wanted](Axis axis) { return axis == wanted; }; };
  LocalEinsum local;
  std::string all = llvm::join(equation.inputs, "") + equation.result + equation.where;
  for (Axis axis : {stream.rows, stream.cols})
    local.pairLabels += labelsOn(all, on(axis)).substr(0, 1);
  bool featuresFirst = isPair(op.getResult());
  for (auto [input, labels] : llvm::zip(op.getInputs(), equation.inputs)) {
    Layout layout;
    llvm::append_range(layout, llvm::map_range(labels, axisOf));
    local.layouts.push_back(layout);
    local.tiles.push_back(isPair(input) ? pair(input)
                                        : zeroBeyond(input, operand(input, layout, featuresFirst), layout));
    std::string features = labelsOn(labels, on(kFeature)), cols = labelsOn(labels, on(stream.cols));
    if (isPair(input))
      local.equation.inputs.push_back(local.pairLabels);
    else if (packed.contains({input, layout, featuresFirst}))
      local.equation.inputs.push_back(featuresFirst ? features + cols : cols + features);
    else
      local.equation.inputs.push_back(labelsOn(labels, [&](Axis axis) { return !stream.isBatch(axis); }));
  }
  if (Value mask = op.getMask(); mask && !isPair(mask)) {
    Layout layout;
    llvm::append_range(layout, llvm::map_range(equation.where, axisOf));
    local.mask = operand(mask, layout, false);
    local.equation.where = labelsOn(equation.where, [&](Axis axis) { return !stream.isBatch(axis); });
  }
  llvm::SmallDenseMap<char, int64_t> sizes;
  for (auto [tile, labels] : llvm::zip(local.tiles, local.equation.inputs))
    for (auto [size, label] : llvm::zip(cast<RankedTensorType>(tile.getType()).getShape(), labels))
      if (featureTile && sizes.try_emplace(label, size).first->second != size)
        refuseFeatures(op);
  local.equation.result = isPair(op.getResult())
                              ? local.pairLabels
                              : labelsOn(equation.result, [&](Axis axis) { return !stream.isBatch(axis); });
  return local;
}

//===----------------------------------------------------------------------===//
// Pairs
//===----------------------------------------------------------------------===//

Value TileBuilder::pair(Value value) {
  if (Value tile = pairTiles.lookup(value))
    return tile;
  auto kept = sweep.strips.find(value);
  bool isKept = kept != sweep.strips.end() && sweep.levelOf(value) < level;
  Value tile = isKept ? extract(builder, loc, strips[kept->second], stripExtents()) : make(value.getDefiningOp());
  pairTiles[value] = tile;
  return tile;
}

SmallVector<Extent> TileBuilder::stripExtents() {
  return {Extent::at(at.column), index.whole(tileSize(stream.rows)), index.whole(tileSize(stream.cols))};
}

Value TileBuilder::select(Value mask, Value tile) {
  if (!mask)
    return tile;
  Value zero = splat(builder, loc, tensor::getMixedSizes(builder, loc, tile), getElementTypeOrSelf(tile.getType()), 0);
  return arith::SelectOp::create(builder, loc, mask, tile, zero);
}

Value TileBuilder::live(Value mask) {
  if (!masked)
    return {};
  Value live = mask ? pair(mask) : Value();
  if (!edges)
    return live;
  Value &inside = pairTiles[Value()];
  if (!inside)
    for (Axis axis : {stream.rows, stream.cols}) {
      if (blocking[axis].exact)
        continue;
      RankedTensorType type = pairTileType(builder.getIndexType());
      Value coordinate = CoordOp::create(builder, loc, type, axis == stream.rows ? 0 : 1, ValueRange(), Value());
      Value size = tensor::SplatOp::create(builder, loc, index.value(at.valid[axis]), type.getShape(), ValueRange());
      Value exists = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, coordinate, size);
      inside = inside ? Value(arith::AndIOp::create(builder, loc, inside, exists)) : exists;
    }
  if (!live || !inside)
    return live ? live : inside;
  return arith::AndIOp::create(builder, loc, inside, live);
}

Value TileBuilder::make(Operation *op) {
  if (auto einsum = dyn_cast<EinsumOp>(op))
    return makeEinsum(einsum);
  if (auto coord = dyn_cast<CoordOp>(op))
    return makeCoord(coord);
  if (auto gather = dyn_cast<GatherOp>(op))
    return makeGather(gather);
  RankedTensorType type = pairTileType(getElementTypeOrSelf(op->getResult(0).getType()));
  if (Value constant = resplat(builder, loc, op->getResult(0), type))
    return constant;
  if (auto repeated = dyn_cast<tensor::SplatOp>(op))
    return tensor::SplatOp::create(builder, loc, repeated.getInput(), type.getShape(), ValueRange());
  if (auto cast = dyn_cast<PairCastOp>(op)) {
    const Layout &layout = stream.layouts.at(cast.getResult());
    Value tile = extract(builder, loc, cast.getSource(), extents(cast.getSource(), layout));
    if (llvm::find(layout, stream.rows) < llvm::find(layout, stream.cols))
      return tile;
    Equation transpose;
    transpose.inputs = {"ji"};
    transpose.result = "ij";
    return einsum(transpose, tile, Value(), type.getElementType());
  }
  SmallVector<Value> operands;
  for (Value operand : op->getOperands())
    operands.push_back(isPair(operand) ? pair(operand) : operand);
  OperationState state(loc, op->getName(), operands, type, op->getAttrs());
  return builder.create(state)->getResult(0);
}

/// A mask of rows or columns as one of the tile.
Value TileBuilder::spread(const LocalEinsum &local) {
  Equation equation;
  equation.inputs = {local.equation.where};
  equation.result = local.pairLabels;
  return einsum(equation, local.mask, Value(), builder.getI1Type());
}

Value TileBuilder::makeEinsum(EinsumOp op) {
  LocalEinsum local = localise(op);
  Equation unmasked = local.equation;
  unmasked.where.clear();
  Value tile = einsum(unmasked, local.tiles, Value(), getElementTypeOrSelf(op.getType()));
  if (local.mask)
    return select(spread(local), tile);
  return op.getMask() && masked ? select(pair(op.getMask()), tile) : tile;
}

Value TileBuilder::makeCoord(CoordOp op) {
  Type element = getElementTypeOrSelf(op.getType());
  RankedTensorType type = pairTileType(element);
  Axis axis = stream.layouts.at(op.getResult())[op.getDim()];
  OpFoldResult first = stream.isBatch(axis) ? at.index[axis] : at.offset[axis];
  if (op.getOffset())
    first = index.add(first, op.getOffset());
  if (!stream.isBatch(axis))
    return CoordOp::create(builder, loc, type, axis == stream.rows ? 0 : 1, ValueRange(), index.value(first));
  Value number = index.value(first);
  if (!element.isIndex())
    number = arith::IndexCastOp::create(builder, loc, element, number);
  return tensor::SplatOp::create(builder, loc, number, type.getShape(), ValueRange());
}

Value TileBuilder::makeGather(GatherOp op) {
  SmallVector<Value> indices = llvm::map_to_vector(op.getIndices(), [&](Value value) { return pair(value); });
  Value mask = live(op.getMask());
  return GatherOp::create(builder, loc, pairTileType(getElementTypeOrSelf(op.getType())), op.getTable(), indices, mask);
}

Value TileBuilder::rowOperation(Operation *op) {
  const Layout &layout = sweep.rowLayouts.at(op->getResult(0));
  Type element = getElementTypeOrSelf(op->getResult(0).getType());
  if (auto einsum = dyn_cast<EinsumOp>(op)) {
    LocalEinsum local = localise(einsum);
    return this->einsum(local.equation, local.tiles, local.mask, element);
  }
  RankedTensorType shape;
  for (Value operand : op->getOperands())
    if (Value tile = statistics.lookup(operand))
      shape = cast<RankedTensorType>(tile.getType());
  SmallVector<Value> operands;
  for (Value value : op->getOperands()) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    Value constant = type ? resplat(builder, loc, value, shape.clone(type.getElementType())) : Value();
    operands.push_back(!type ? value : constant ? constant : operand(value, layout, false));
    auto given = dyn_cast<RankedTensorType>(operands.back().getType());
    if (featureTile && given && given.getShape() != shape.getShape())
      refuseFeatures(op);
  }
  OperationState state(loc, op->getName(), operands, shape.clone(element), op->getAttrs());
  return builder.create(state)->getResult(0);
}

} // namespace theria::streaming
