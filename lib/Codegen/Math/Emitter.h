//===- Emitter.h - formulas written as they are read ------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_MATH_EMITTER_H
#define THERIA_LIB_CODEGEN_MATH_EMITTER_H

#include "lib/Codegen/Math/Coefficients.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

namespace theria::codegen {

class Emitter;

/// A floating-point value of an emitter's type. The operators emit arithmetic that is rounded as IEEE 754 says; a
/// number on either side is a constant of that type.
struct Float {
  Emitter *emitter;
  mlir::Value value;
};

/// The same value's bits, as integers of the same width.
struct Bits {
  Emitter *emitter;
  mlir::Value value;
};

/// One i1 for each lane.
struct Mask {
  Emitter *emitter;
  mlir::Value value;
};

/// An unevaluated sum; lo is at most half a unit in the last place of hi where it is said to be normalised.
struct Pair {
  Float hi, lo;
};

/// Emits elementwise operations on f32, f64 or a vector of them, of any shape; and on integers, which are bits.
class Emitter {
public:
  /// Without `hasFma`, products and sums are rounded separately. Where the type is one of integers, for bits alone.
  Emitter(mlir::OpBuilder &builder, mlir::Location loc, mlir::Type type, bool hasFma);

  Float constant(double number);
  Bits bits(uint64_t pattern);
  Float wrap(mlir::Value value) { return {this, value}; }

  /// The same lanes in another floating-point element type; rounds to nearest where that is narrower.
  Float cast(Float x, Emitter &target);

  /// Whether the lanes are f64, and what that means: digits after the leading one, and the exponent of 1.
  bool isDouble() const { return mantissa == 52; }
  unsigned mantissa, bias;
  bool hasFma;
  /// Whether nothing may be left to libm.
  bool isComplete = false;
  const Coefficients &table;

  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::Type type, bitsType, maskType;

private:
  mlir::Value splat(mlir::Type type, mlir::TypedAttr element);
};

Float operator+(Float a, Float b);
Float operator-(Float a, Float b);
Float operator*(Float a, Float b);
Float operator/(Float a, Float b);
Float operator-(Float a);
inline Float operator+(Float a, double b) { return a + a.emitter->constant(b); }
inline Float operator+(double a, Float b) { return b.emitter->constant(a) + b; }
inline Float operator-(Float a, double b) { return a - a.emitter->constant(b); }
inline Float operator-(double a, Float b) { return b.emitter->constant(a) - b; }
inline Float operator*(Float a, double b) { return a * a.emitter->constant(b); }
inline Float operator*(double a, Float b) { return b * a; }
inline Float operator/(double a, Float b) { return b.emitter->constant(a) / b; }

/// a·b + c, rounded once where the target has such an instruction. Elsewhere the product is rounded too: rely on a
/// single rounding only where the product is exact.
Float fma(Float a, Float b, Float c);
inline Float fma(Float a, double b, Float c) { return fma(a, a.emitter->constant(b), c); }
inline Float fma(Float a, Float b, double c) { return fma(a, b, a.emitter->constant(c)); }
inline Float fma(Float a, double b, double c) { return fma(a, b, a.emitter->constant(c)); }

/// a·b − product, exactly, where product is a·b rounded and nothing overflows or underflows.
Float productError(Float a, Float b, Float product);

/// a − b·c, where b·c is so near to a that this is exact or rounds once.
Float residual(Float a, Float b, Float c);

/// a + b, normalised; exact where |a| ≥ |b| or a = 0.
Pair fastTwoSum(Float a, Float b);

/// a + b, normalised and exact.
Pair twoSum(Float a, Float b);

/// a·b, a / b and √a, to nearly twice the digits where nothing overflows or underflows; √0 is 0.
Pair operator*(Pair a, Pair b);
Pair operator/(Pair a, Pair b);
Pair sqrt(Pair a);

/// Σ list[i]·x^i.
Float polynomial(Float x, const Coefficients::List &list);

Float abs(Float x);
Float sqrt(Float x);
/// The magnitude of one and the sign of another.
Float copySign(Float magnitude, Float sign);
/// The nearer end of the interval where x is outside; NaN stays.
Float clamp(Float x, double low, double high);

Bits bitsOf(Float x);
Float floatOf(Bits x);
Bits operator+(Bits a, Bits b);
Bits operator-(Bits a, Bits b);
Bits operator&(Bits a, Bits b);
Bits operator|(Bits a, Bits b);
Bits operator^(Bits a, Bits b);
Bits operator<<(Bits a, unsigned count);
/// Brings in zeros.
Bits operator>>(Bits a, unsigned count);
Bits operator<<(Bits a, Bits count);
Bits operator>>(Bits a, Bits count);
Bits operator*(Bits a, Bits b);
/// The upper half of the product of unsigned integers.
Bits upperProduct(Bits a, Bits b);
/// The remainder of unsigned integers.
Bits operator%(Bits a, Bits b);
/// An unsigned integer as a number, rounded to nearest.
Float numberOf(Bits a);

/// Comparisons of numbers; false where either is NaN.
Mask compare(mlir::arith::CmpFPredicate predicate, Float a, Float b);
inline Mask operator<(Float a, Float b) { return compare(mlir::arith::CmpFPredicate::OLT, a, b); }
inline Mask operator<(Float a, double b) { return a < a.emitter->constant(b); }
inline Mask operator>(Float a, double b) { return a.emitter->constant(b) < a; }
inline Mask isEqual(Float a, double b) { return compare(mlir::arith::CmpFPredicate::OEQ, a, a.emitter->constant(b)); }
inline Mask isOrdered(Float a, Float b) { return compare(mlir::arith::CmpFPredicate::ORD, a, b); }
Mask isEqual(Bits a, Bits b);
/// Of unsigned integers.
Mask operator<(Bits a, Bits b);
/// Whether the sign bit is set; one instruction or none on most targets.
Mask isNegative(Bits a);
Mask operator&(Mask a, Mask b);
Mask operator|(Mask a, Mask b);
Mask operator^(Mask a, Mask b);
Mask operator!(Mask a);
/// Whether any lane is set.
mlir::Value anyOf(Mask mask);

Float select(Mask condition, Float ifTrue, Float ifFalse);
Bits select(Mask condition, Bits ifTrue, Bits ifFalse);
inline Float select(Mask condition, double ifTrue, Float ifFalse) {
  return select(condition, ifFalse.emitter->constant(ifTrue), ifFalse);
}
inline Float select(Mask condition, Float ifTrue, double ifFalse) {
  return select(condition, ifTrue, ifTrue.emitter->constant(ifFalse));
}

} // namespace theria::codegen

#endif // THERIA_LIB_CODEGEN_MATH_EMITTER_H
