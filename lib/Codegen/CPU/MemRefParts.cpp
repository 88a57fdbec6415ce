//===- MemRefParts.cpp - arrays as what their types leave open -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/MemRefParts.h"

#include "lib/Codegen/CPU/Passes.h"

#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;

namespace theria::cpu {

/// Where sizes, then strides, are not known.
static SmallVector<unsigned> openDims(ArrayRef<int64_t> values) {
  SmallVector<unsigned> dims;
  for (auto [dim, value] : llvm::enumerate(values))
    if (ShapedType::isDynamic(value))
      dims.push_back(dim);
  return dims;
}

static Value cast(OpBuilder &b, Location loc, Value value, Type type) {
  if (value.getType() == type)
    return value;
  return UnrealizedConversionCastOp::create(b, loc, type, value).getResult(0);
}

SmallVector<Type> MemRefParts::types(Type type) const {
  auto memory = dyn_cast<MemRefType>(type);
  if (!memory)
    return {converter.convertType(type)};
  auto [strides, offset] = memory.getStridesAndOffset();
  SmallVector<Type> types = {LLVM::LLVMPointerType::get(type.getContext())};
  types.append(openDims(memory.getShape()).size() + openDims(strides).size(), converter.getIndexType());
  return types;
}

SmallVector<Value> MemRefParts::split(OpBuilder &b, Location loc, Value value) const {
  auto memory = dyn_cast<MemRefType>(value.getType());
  Value whole = cast(b, loc, value, converter.convertType(value.getType()));
  if (!memory)
    return {whole};
  auto [strides, offset] = memory.getStridesAndOffset();
  MemRefDescriptor descriptor(whole);
  Value first = descriptor.alignedPtr(b, loc);
  if (offset != 0)
    first = LLVM::GEPOp::create(b, loc, first.getType(), converter.convertType(memory.getElementType()), first,
                                ArrayRef<LLVM::GEPArg>(descriptor.offset(b, loc)));
  SmallVector<Value> parts = {first};
  for (unsigned dim : openDims(memory.getShape()))
    parts.push_back(descriptor.size(b, loc, dim));
  for (unsigned dim : openDims(strides))
    parts.push_back(descriptor.stride(b, loc, dim));
  return parts;
}

Value MemRefParts::join(OpBuilder &b, Location loc, Type type, ValueRange parts) const {
  auto memory = dyn_cast<MemRefType>(type);
  if (!memory)
    return cast(b, loc, parts.front(), type);
  auto [strides, offset] = memory.getStridesAndOffset();
  auto descriptor = MemRefDescriptor::poison(b, loc, converter.convertType(type));
  Value first = parts.front();
  // A type that says where the array starts counts from there.
  const bool isFixed = !ShapedType::isDynamic(offset);
  if (isFixed && offset != 0)
    first = LLVM::GEPOp::create(b, loc, first.getType(), converter.convertType(memory.getElementType()), first,
                                ArrayRef<LLVM::GEPArg>(int32_t(-offset)));
  descriptor.setAllocatedPtr(b, loc, first);
  descriptor.setAlignedPtr(b, loc, first);
  descriptor.setConstantOffset(b, loc, isFixed ? offset : 0);
  parts = parts.drop_front();
  auto next = [&](int64_t known) -> Value {
    if (!ShapedType::isDynamic(known))
      return LLVM::ConstantOp::create(b, loc, converter.getIndexType(), b.getIndexAttr(known));
    Value part = parts.front();
    parts = parts.drop_front();
    return part;
  };
  for (auto [dim, size] : llvm::enumerate(memory.getShape()))
    descriptor.setSize(b, loc, dim, next(size));
  for (auto [dim, stride] : llvm::enumerate(strides))
    descriptor.setStride(b, loc, dim, next(stride));
  return cast(b, loc, descriptor, type);
}

Type MemRefParts::withoutOffset(Type type) {
  auto memory = dyn_cast<MemRefType>(type);
  if (!memory || memory.getLayout().isIdentity())
    return type;
  auto layout = StridedLayoutAttr::get(type.getContext(), 0, memory.getStridesAndOffset().first);
  auto plain = MemRefType::get(memory.getShape(), memory.getElementType(), AffineMap(), memory.getMemorySpace());
  auto strided = MemRefType::get(memory.getShape(), memory.getElementType(), layout, memory.getMemorySpace());
  return plain.getStridesAndOffset() == strided.getStridesAndOffset() && memory.hasStaticShape() ? plain : strided;
}

} // namespace theria::cpu
