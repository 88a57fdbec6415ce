//===- Emitter.cpp - formulas written as they are read --------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Emitter.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace theria::codegen {

/// The same scalar or vector shape with another element type.
static Type withElement(Type type, Type element) {
  auto vector = dyn_cast<VectorType>(type);
  return vector ? Type(vector.clone(element)) : element;
}

/// That of bits, with as many digits as a floating-point type's, or integers' own.
static Type bitsOfType(Type type) {
  Type element = getElementTypeOrSelf(type);
  if (!isa<FloatType>(element))
    return type;
  return withElement(type, IntegerType::get(type.getContext(), element.isF64() ? 64 : 32));
}

Emitter::Emitter(OpBuilder &builder, Location loc, Type type, bool hasFma)
    : mantissa(getElementTypeOrSelf(type).isF64() ? 52 : 23), bias(mantissa == 52 ? 1023 : 127), hasFma(hasFma),
      table(coefficients(mantissa == 52)), builder(builder), loc(loc), type(type), bitsType(bitsOfType(type)),
      maskType(withElement(type, builder.getI1Type())) {}

Value Emitter::splat(Type type, TypedAttr element) {
  if (auto vector = dyn_cast<VectorType>(type))
    element = SplatElementsAttr::get(vector, Attribute(element));
  return arith::ConstantOp::create(builder, loc, element);
}

Float Emitter::constant(double number) {
  return wrap(splat(type, builder.getFloatAttr(getElementTypeOrSelf(type), number)));
}

Bits Emitter::bits(uint64_t pattern) {
  auto integer = cast<IntegerType>(getElementTypeOrSelf(bitsType));
  APInt number(integer.getWidth(), pattern, /*isSigned=*/false, /*implicitTrunc=*/true);
  return {this, splat(bitsType, builder.getIntegerAttr(integer, number))};
}

Float Emitter::cast(Float x, Emitter &target) {
  if (target.isDouble())
    return target.wrap(arith::ExtFOp::create(builder, loc, target.type, x.value));
  return target.wrap(arith::TruncFOp::create(builder, loc, target.type, x.value));
}

/// One operation on operands of one emitter.
template <typename Op, typename Result, typename... Operands>
static Result emit(Emitter *emitter, Operands... operands) {
  return {emitter, Op::create(emitter->builder, emitter->loc, operands...)};
}

Float operator+(Float a, Float b) { return emit<arith::AddFOp, Float>(a.emitter, a.value, b.value); }
Float operator-(Float a, Float b) { return emit<arith::SubFOp, Float>(a.emitter, a.value, b.value); }
Float operator*(Float a, Float b) { return emit<arith::MulFOp, Float>(a.emitter, a.value, b.value); }
Float operator/(Float a, Float b) { return emit<arith::DivFOp, Float>(a.emitter, a.value, b.value); }
Float operator-(Float a) { return emit<arith::NegFOp, Float>(a.emitter, a.value); }

Float fma(Float a, Float b, Float c) {
  if (!a.emitter->hasFma)
    return a * b + c;
  return emit<math::FmaOp, Float>(a.emitter, a.value, b.value, c.value);
}

/// The upper half of the digits; what is left has the lower half.
static Float upperHalf(Float x) {
  // Veltkamp's splitting: the product moves the lower half below the last place.
  Float moved = x * (x.emitter->isDouble() ? 0x1p27 + 1 : 0x1p12 + 1);
  return moved - (moved - x);
}

Float productError(Float a, Float b, Float product) {
  if (a.emitter->hasFma)
    return fma(a, b, -product);
  // Dekker's product: the four partial products are exact.
  Float aUpper = upperHalf(a), bUpper = upperHalf(b);
  Float aLower = a - aUpper, bLower = b - bUpper;
  return ((aUpper * bUpper - product) + aUpper * bLower + aLower * bUpper) + aLower * bLower;
}

Float residual(Float a, Float b, Float c) {
  if (a.emitter->hasFma)
    return fma(-b, c, a);
  Float product = b * c;
  return (a - product) - productError(b, c, product);
}

Pair fastTwoSum(Float a, Float b) {
  Float sum = a + b;
  return {sum, b - (sum - a)};
}

Pair twoSum(Float a, Float b) {
  Float sum = a + b;
  Float part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

Pair operator*(Pair a, Pair b) {
  Float product = a.hi * b.hi;
  return {product, fma(a.hi, b.lo, fma(a.lo, b.hi, productError(a.hi, b.hi, product)))};
}

Pair operator/(Pair a, Pair b) {
  Float quotient = a.hi / b.hi;
  return {quotient, (residual(a.hi, quotient, b.hi) + fma(-quotient, b.lo, a.lo)) / b.hi};
}

Pair sqrt(Pair a) {
  Float root = sqrt(a.hi);
  return {root, (residual(a.hi, root, root) + a.lo) / select(isEqual(root, 0), 1, root * 2)};
}

Float polynomial(Float x, const Coefficients::List &list) {
  Float sum = x.emitter->constant(list.back());
  for (double coefficient : llvm::reverse(ArrayRef(list).drop_back()))
    sum = fma(x, sum, coefficient);
  return sum;
}

Float abs(Float x) { return emit<math::AbsFOp, Float>(x.emitter, x.value); }
Float sqrt(Float x) { return emit<math::SqrtOp, Float>(x.emitter, x.value); }
Float copySign(Float magnitude, Float sign) {
  return emit<math::CopySignOp, Float>(magnitude.emitter, magnitude.value, sign.value);
}

Float clamp(Float x, double low, double high) {
  // In this order of operands each line is one instruction of x86, and of others too where NaN may do as it likes.
  x = select(x > high, high, x);
  return select(x < low, low, x);
}

Bits bitsOf(Float x) { return emit<arith::BitcastOp, Bits>(x.emitter, x.emitter->bitsType, x.value); }
Float floatOf(Bits x) { return emit<arith::BitcastOp, Float>(x.emitter, x.emitter->type, x.value); }
Bits operator+(Bits a, Bits b) { return emit<arith::AddIOp, Bits>(a.emitter, a.value, b.value); }
Bits operator-(Bits a, Bits b) { return emit<arith::SubIOp, Bits>(a.emitter, a.value, b.value); }
Bits operator&(Bits a, Bits b) { return emit<arith::AndIOp, Bits>(a.emitter, a.value, b.value); }
Bits operator|(Bits a, Bits b) { return emit<arith::OrIOp, Bits>(a.emitter, a.value, b.value); }
Bits operator^(Bits a, Bits b) { return emit<arith::XOrIOp, Bits>(a.emitter, a.value, b.value); }
Bits operator<<(Bits a, unsigned count) {
  return emit<arith::ShLIOp, Bits>(a.emitter, a.value, a.emitter->bits(count).value);
}
Bits operator>>(Bits a, unsigned count) {
  return emit<arith::ShRUIOp, Bits>(a.emitter, a.value, a.emitter->bits(count).value);
}

Bits operator<<(Bits a, Bits count) { return emit<arith::ShLIOp, Bits>(a.emitter, a.value, count.value); }
Bits operator>>(Bits a, Bits count) { return emit<arith::ShRUIOp, Bits>(a.emitter, a.value, count.value); }
Bits operator*(Bits a, Bits b) { return emit<arith::MulIOp, Bits>(a.emitter, a.value, b.value); }
Bits upperProduct(Bits a, Bits b) {
  Emitter &emitter = *a.emitter;
  return {&emitter, arith::MulUIExtendedOp::create(emitter.builder, emitter.loc, a.value, b.value).getHigh()};
}
Bits operator%(Bits a, Bits b) { return emit<arith::RemUIOp, Bits>(a.emitter, a.value, b.value); }
Float numberOf(Bits a) { return emit<arith::UIToFPOp, Float>(a.emitter, a.emitter->type, a.value); }

Mask compare(arith::CmpFPredicate predicate, Float a, Float b) {
  return emit<arith::CmpFOp, Mask>(a.emitter, predicate, a.value, b.value);
}
Mask isEqual(Bits a, Bits b) {
  return emit<arith::CmpIOp, Mask>(a.emitter, arith::CmpIPredicate::eq, a.value, b.value);
}
Mask operator<(Bits a, Bits b) {
  return emit<arith::CmpIOp, Mask>(a.emitter, arith::CmpIPredicate::ult, a.value, b.value);
}
Mask isNegative(Bits a) {
  return emit<arith::CmpIOp, Mask>(a.emitter, arith::CmpIPredicate::slt, a.value, a.emitter->bits(0).value);
}
Mask operator&(Mask a, Mask b) { return emit<arith::AndIOp, Mask>(a.emitter, a.value, b.value); }
Mask operator|(Mask a, Mask b) { return emit<arith::OrIOp, Mask>(a.emitter, a.value, b.value); }
Mask operator^(Mask a, Mask b) { return emit<arith::XOrIOp, Mask>(a.emitter, a.value, b.value); }
Mask operator!(Mask a) {
  Emitter &emitter = *a.emitter;
  TypedAttr ones = emitter.builder.getBoolAttr(true);
  if (auto vector = dyn_cast<VectorType>(emitter.maskType))
    ones = SplatElementsAttr::get(vector, true);
  return emit<arith::XOrIOp, Mask>(a.emitter, a.value,
                                   arith::ConstantOp::create(emitter.builder, emitter.loc, ones).getResult());
}

Value anyOf(Mask mask) {
  Emitter &emitter = *mask.emitter;
  auto vector = dyn_cast<VectorType>(emitter.maskType);
  if (!vector)
    return mask.value;
  auto flat = VectorType::get(vector.getNumElements(), vector.getElementType());
  Value lanes = mask.value;
  if (vector != flat)
    lanes = vector::ShapeCastOp::create(emitter.builder, emitter.loc, flat, lanes);
  return vector::ReductionOp::create(emitter.builder, emitter.loc, vector::CombiningKind::OR, lanes);
}

Float select(Mask condition, Float ifTrue, Float ifFalse) {
  return emit<arith::SelectOp, Float>(ifTrue.emitter, condition.value, ifTrue.value, ifFalse.value);
}
Bits select(Mask condition, Bits ifTrue, Bits ifFalse) {
  return emit<arith::SelectOp, Bits>(ifTrue.emitter, condition.value, ifTrue.value, ifFalse.value);
}

} // namespace theria::codegen
