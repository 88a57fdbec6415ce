//===- ElementType.cpp - Element types on the host and in NumPy -----------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tools/theria-run/Tensor.h"

#include "llvm/ADT/APFloat.h"

#include <bit>

using namespace theria::run;
using mlir::FloatType;
using mlir::IntegerType;
using mlir::Type;

bool theria::run::isSupportedElement(Type type) {
  if (auto integer = llvm::dyn_cast<IntegerType>(type))
    return integer.isSignless() && llvm::is_contained({1u, 8u, 16u, 32u, 64u}, integer.getWidth());
  return type.isIndex() || type.isF16() || type.isBF16() || type.isF32() || type.isF64();
}

unsigned theria::run::elementBytes(Type type) { return type.isIndex() ? 8 : (type.getIntOrFloatBitWidth() + 7) / 8; }

uint64_t theria::run::roundToFloat(double value, FloatType type) {
  if (type.isF64())
    return std::bit_cast<uint64_t>(value);
  if (type.isF32())
    return std::bit_cast<uint32_t>(static_cast<float>(value));
  llvm::APFloat number(value);
  bool losesInfo = false;
  number.convert(type.getFloatSemantics(), llvm::APFloat::rmNearestTiesToEven, &losesInfo);
  return number.bitcastToAPInt().getZExtValue();
}

NpyType theria::run::npyType(Type type) {
  if (type.isBF16())
    return {'f', 4};
  if (llvm::isa<FloatType>(type))
    return {'f', elementBytes(type)};
  if (type.isInteger(1))
    return {'b', 1};
  return {'i', elementBytes(type)};
}

bool theria::run::canRead(NpyType found, Type type) {
  if (found == npyType(type))
    return true;
  return type.isInteger() && !type.isInteger(1) && found.kind == 'u' && found.bytes == elementBytes(type);
}
