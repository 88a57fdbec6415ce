//===- OperandAccess.cpp - how loops visit an operand --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/OperandAccess.h"

#include "lib/Codegen/CPU/Passes.h"

using namespace mlir;

namespace theria::cpu {

Along accessAlong(Type type, AffineMap map, unsigned loop) {
  auto memory = dyn_cast<MemRefType>(type);
  if (!memory || !map.isFunctionOfDim(loop))
    return Along::same;
  SmallVector<int64_t> strides;
  int64_t offset;
  if (failed(memory.getStridesAndOffset(strides, offset)))
    return Along::apart;
  bool isConsecutive = true;
  for (auto [expr, stride] : llvm::zip_equal(map.getResults(), strides))
    if (expr.isFunctionOfDim(loop))
      isConsecutive &= isa<AffineDimExpr>(expr) && stride == 1;
  return isConsecutive ? Along::consecutive : Along::apart;
}

Type OperandAccess::element() const { return getElementTypeOrSelf(operand.getType()); }

SmallVector<Value> OperandAccess::indices(OpBuilder &b, Location loc, ValueRange ivs) const {
  return llvm::map_to_vector(map.getResults(), [&](AffineExpr expr) -> Value {
    if (auto loop = dyn_cast<AffineDimExpr>(expr))
      return ivs[loop.getPosition()];
    if (auto constant = dyn_cast<AffineConstantExpr>(expr))
      return arith::ConstantIndexOp::create(b, loc, constant.getValue());
    return affine::AffineApplyOp::create(b, loc, AffineMap::get(map.getNumDims(), 0, expr), ivs);
  });
}

/// The array and the indices from where a vector along a loop lies. Of i1, an array of i8, as which a vector would be
/// read as packed bits: both have the same descriptor. Its last dimension is the one of unit stride, as vectors want
/// it.
OperandAccess::VectorPlace OperandAccess::vectorPlace(OpBuilder &b, Location loc, ValueRange ivs, unsigned loop) const {
  Value memory = operand;
  auto type = cast<MemRefType>(memory.getType());
  if (type.getElementType().isInteger(1)) {
    type = MemRefType::get(type.getShape(), b.getI8Type(), type.getLayout(), type.getMemorySpace());
    memory = UnrealizedConversionCastOp::create(b, loc, type, memory).getResult(0);
  }
  SmallVector<Value> at = indices(b, loc, ivs);
  const unsigned last = type.getRank() - 1;
  if (type.getStridesAndOffset().first.back() == 1)
    return {memory, at};
  auto order = llvm::to_vector(llvm::seq<unsigned>(0, type.getRank()));
  for (auto [dim, expr] : llvm::enumerate(map.getResults()))
    if (expr.isFunctionOfDim(loop))
      std::swap(order[dim], order[last]);
  std::swap(at[order[last]], at[last]);
  auto permutation = AffineMapAttr::get(AffineMap::getPermutationMap(order, b.getContext()));
  return {memref::TransposeOp::create(b, loc, memory, permutation), at};
}

Value OperandAccess::loadScalar(OpBuilder &b, Location loc, ValueRange ivs) const {
  if (!isa<MemRefType>(operand.getType()))
    return operand;
  return memref::LoadOp::create(b, loc, operand, indices(b, loc, ivs));
}

void OperandAccess::storeScalar(OpBuilder &b, Location loc, Value value, ValueRange ivs) const {
  memref::StoreOp::create(b, loc, value, operand, indices(b, loc, ivs));
}

Value OperandAccess::loadVector(OpBuilder &b, Location loc, int64_t lanes, ValueRange ivs, unsigned loop,
                                Value mask) const {
  auto [memory, at] = vectorPlace(b, loc, ivs, loop);
  auto type = VectorType::get(lanes, cast<MemRefType>(memory.getType()).getElementType());
  Value zero, vector;
  if (mask || element().isInteger(1))
    zero = arith::ConstantOp::create(b, loc, b.getZeroAttr(type));
  if (mask)
    vector = vector::MaskedLoadOp::create(b, loc, type, memory, at, mask, zero);
  else
    vector = vector::LoadOp::create(b, loc, type, memory, at);
  if (element().isInteger(1))
    vector = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ne, vector, zero);
  return vector;
}

void OperandAccess::storeVector(OpBuilder &b, Location loc, Value vector, ValueRange ivs, unsigned loop,
                                Value mask) const {
  auto [memory, at] = vectorPlace(b, loc, ivs, loop);
  if (element().isInteger(1))
    vector = arith::ExtUIOp::create(b, loc, cast<VectorType>(vector.getType()).clone(b.getI8Type()), vector);
  if (mask)
    vector::MaskedStoreOp::create(b, loc, memory, at, mask, vector);
  else
    vector::StoreOp::create(b, loc, vector, memory, at);
}

Value OperandAccess::gather(OpBuilder &b, Location loc, int64_t lanes, ValueRange ivs, unsigned loop) const {
  SmallVector<Value> at(ivs), elements;
  for (int64_t lane = 0; lane < lanes; ++lane) {
    Value distance = arith::ConstantIndexOp::create(b, loc, lane);
    at[loop] = b.createOrFold<arith::AddIOp>(loc, ivs[loop], distance);
    elements.push_back(loadScalar(b, loc, at));
  }
  return vector::FromElementsOp::create(b, loc, VectorType::get(lanes, element()), elements);
}

} // namespace theria::cpu
