//===- Predicate.cpp - what a mask says of a whole block ------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Streaming/Predicate.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using arith::CmpIPredicate;

namespace theria::streaming {

namespace {

struct Interval {
  Value low, high;
};

class Bounds {
public:
  explicit Bounds(TileBuilder &tiles) : tiles(tiles), builder(tiles.builder), loc(tiles.loc) {}

  BlockMask mask(Value value);

private:
  std::optional<Interval> interval(Value value);
  std::optional<Interval> ofCoord(CoordOp op);
  Value scalar(EinsumOp op);
  BlockMask compare(arith::CmpIOp op);
  Value truth(bool value) { return arith::ConstantOp::create(builder, loc, builder.getBoolAttr(value)); }
  Value less(Value a, Value b, bool orEqual) {
    return builder.createOrFold<arith::CmpIOp>(loc, orEqual ? CmpIPredicate::sle : CmpIPredicate::slt, a, b);
  }
  Value both(Value a, Value b) { return builder.createOrFold<arith::AndIOp>(loc, a, b); }
  Value either(Value a, Value b) { return builder.createOrFold<arith::OrIOp>(loc, a, b); }
  Value negate(Value a) { return builder.createOrFold<arith::XOrIOp>(loc, a, truth(true)); }

  TileBuilder &tiles;
  OpBuilder &builder;
  Location loc;
};

} // namespace

std::optional<Interval> Bounds::ofCoord(CoordOp op) {
  Axis axis = tiles.stream.layouts.at(op.getResult())[op.getDim()];
  bool isBatch = tiles.stream.isBatch(axis);
  IndexBuilder &index = tiles.index;
  OpFoldResult low = isBatch ? tiles.at.index[axis] : tiles.at.offset[axis];
  if (op.getOffset())
    low = index.add(low, op.getOffset());
  OpFoldResult extent = isBatch ? index.constant(0) : index.subtract(tiles.at.valid[axis], index.constant(1));
  return Interval{index.value(low), index.value(index.add(low, extent))};
}

/// What an einsum repeats over the block: an element of a tensor over batch axes.
Value Bounds::scalar(EinsumOp op) {
  Equation equation = op.getLabels();
  if (op.getInputs().size() != 1 || op.getMask() || isPair(op.getInputs()[0]) ||
      !isSubset(equation.inputs.front(), equation.result))
    return {};
  Layout layout = tiles.stream.layoutOf(op, equation.inputs.front());
  if (!llvm::all_of(layout, [&](Axis axis) { return tiles.stream.isBatch(axis); }))
    return {};
  SmallVector<Value> indices =
      llvm::map_to_vector(layout, [&](Axis axis) { return tiles.index.value(tiles.at.index[axis]); });
  return tensor::ExtractOp::create(builder, loc, op.getInputs()[0], indices);
}

/// Whether no sum of two such numbers leaves 64 bits.
static bool isSmall(Value tensor) {
  auto cast = tensor.getDefiningOp<arith::IndexCastOp>();
  Type element = getElementTypeOrSelf(cast ? cast.getIn().getType() : tensor.getType());
  return element.isInteger() && element.getIntOrFloatBitWidth() <= 32;
}

/// Whether coordinates and their sums are in this type what they are in index: in a narrower one they wrap.
static bool isWide(Value tensor) {
  Type element = getElementTypeOrSelf(tensor);
  return element.isIndex() || element.isInteger(64);
}

std::optional<Interval> Bounds::interval(Value value) {
  Operation *op = value.getDefiningOp();
  llvm::APInt constant;
  if (matchPattern(value, m_ConstantInt(&constant))) {
    if (constant.getSignificantBits() > 48)
      return std::nullopt;
    Value number = arith::ConstantIndexOp::create(builder, loc, constant.getSExtValue());
    return Interval{number, number};
  }
  if (auto coord = dyn_cast<CoordOp>(op))
    return isWide(value) ? ofCoord(coord) : std::nullopt;
  if (auto einsum = dyn_cast<EinsumOp>(op)) {
    Value number = isSmall(einsum.getInputs()[0]) ? scalar(einsum) : Value();
    if (!number)
      return std::nullopt;
    if (!number.getType().isIndex())
      number = arith::IndexCastOp::create(builder, loc, builder.getIndexType(), number);
    return Interval{number, number};
  }
  if (isa<arith::ExtSIOp>(op) || (isa<arith::IndexCastOp>(op) && isWide(value)))
    return interval(op->getOperand(0));
  const bool sums = isa<arith::AddIOp, arith::SubIOp>(op) && isWide(value);
  if (!sums && !isa<arith::MaxSIOp, arith::MinSIOp>(op))
    return std::nullopt;
  auto left = interval(op->getOperand(0)), right = interval(op->getOperand(1));
  if (!left || !right)
    return std::nullopt;
  auto combine = [&](Value a, Value b) {
    OperationState state(loc, op->getName(), {a, b}, builder.getIndexType());
    return builder.create(state)->getResult(0);
  };
  if (isa<arith::SubIOp>(op))
    return Interval{combine(left->low, right->high), combine(left->high, right->low)};
  return Interval{combine(left->low, right->low), combine(left->high, right->high)};
}

BlockMask Bounds::compare(arith::CmpIOp op) {
  auto left = interval(op.getLhs()), right = interval(op.getRhs());
  if (!left || !right)
    return {truth(false), truth(true)};
  auto ordered = [&](const Interval &a, const Interval &b, bool orEqual) {
    return BlockMask{less(a.high, b.low, orEqual), less(a.low, b.high, orEqual)};
  };
  switch (op.getPredicate()) {
  case CmpIPredicate::slt:
    return ordered(*left, *right, false);
  case CmpIPredicate::sle:
    return ordered(*left, *right, true);
  case CmpIPredicate::sgt:
    return ordered(*right, *left, false);
  case CmpIPredicate::sge:
    return ordered(*right, *left, true);
  case CmpIPredicate::eq:
  case CmpIPredicate::ne: {
    BlockMask equal{both(less(left->high, right->low, true), less(right->high, left->low, true)),
                    both(less(left->low, right->high, true), less(right->low, left->high, true))};
    return op.getPredicate() == CmpIPredicate::eq ? equal : BlockMask{negate(equal.any), negate(equal.all)};
  }
  default:
    return {truth(false), truth(true)};
  }
}

BlockMask Bounds::mask(Value value) {
  Operation *op = value.getDefiningOp();
  llvm::APInt constant;
  if (matchPattern(value, m_ConstantInt(&constant)))
    return {truth(!constant.isZero()), truth(!constant.isZero())};
  if (auto compared = dyn_cast<arith::CmpIOp>(op))
    return compare(compared);
  if (auto einsum = dyn_cast<EinsumOp>(op))
    if (Value truth = scalar(einsum))
      return {truth, truth};
  if (!isa<arith::AndIOp, arith::OrIOp, arith::XOrIOp>(op))
    return {truth(false), truth(true)};
  BlockMask left = mask(op->getOperand(0)), right = mask(op->getOperand(1));
  if (isa<arith::AndIOp>(op))
    return {both(left.all, right.all), both(left.any, right.any)};
  if (isa<arith::OrIOp>(op))
    return {either(left.all, right.all), either(left.any, right.any)};
  // Unequal throughout, or somewhere.
  return {either(both(left.all, negate(right.any)), both(right.all, negate(left.any))),
          both(negate(both(left.all, right.all)), either(left.any, right.any))};
}

BlockMask boundMask(TileBuilder &tiles, Value mask) { return Bounds(tiles).mask(mask); }

} // namespace theria::streaming
