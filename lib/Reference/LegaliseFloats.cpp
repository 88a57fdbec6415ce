//===- LegaliseFloats.cpp - compute bf16 and f16 in f32 -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Reference/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/TypeSwitch.h"
#include <limits>

using namespace mlir;

namespace theria::reference {
#define GEN_PASS_DEF_LEGALISEFLOATS
#include "lib/Reference/Passes.h.inc"

namespace {

struct LegaliseFloats : impl::LegaliseFloatsBase<LegaliseFloats> {
  void runOnOperation() override;
};

/// Builds scalar operations before `op`.
struct ScalarBuilder {
  explicit ScalarBuilder(Operation *op) : builder(op), loc(op->getLoc()) {}

  template <typename Op, typename... Args> Value make(Args &&...args) {
    return Op::create(builder, loc, std::forward<Args>(args)...);
  }
  /// `value` as a constant of `type`: a scalar, or every element of a vector.
  Value floating(Type type, APFloat value) {
    TypedAttr scalar = FloatAttr::get(getElementTypeOrSelf(type), value);
    if (auto vector = dyn_cast<VectorType>(type))
      scalar = SplatElementsAttr::get(vector, Attribute(scalar));
    return make<arith::ConstantOp>(scalar);
  }
  Value integer(Type type, int64_t value) { return make<arith::ConstantIntOp>(type, value); }
  Value truncateOnce(Value wide, Type type);

  OpBuilder builder;
  Location loc;
};

} // namespace

static bool isSmall(Type type) { return isa<BFloat16Type, Float16Type>(type); }

/// Truncates f64 to a small float with one rounding: to f32, rounded to odd,
/// which keeps in its last bit whether digits were lost, then to `type`.
Value ScalarBuilder::truncateOnce(Value wide, Type type) {
  Type f32 = builder.getF32Type(), i32 = builder.getI32Type();
  Value nearest = make<arith::TruncFOp>(f32, wide);
  Value back = make<arith::ExtFOp>(wide.getType(), nearest);
  // False for NaN, which needs no correction.
  Value inexact = make<arith::CmpFOp>(arith::CmpFPredicate::ONE, back, wide);
  Value larger = make<arith::CmpFOp>(arith::CmpFPredicate::OGT, make<math::AbsFOp>(back), make<math::AbsFOp>(wide));
  Value bits = make<arith::BitcastOp>(i32, nearest);
  Value towardsZero = make<arith::SubIOp>(bits, make<arith::ExtUIOp>(i32, larger));
  Value odd = make<arith::OrIOp>(towardsZero, integer(i32, 1));
  Value chosen = make<arith::SelectOp>(inexact, odd, bits);
  return make<arith::TruncFOp>(type, make<arith::BitcastOp>(f32, chosen));
}

/// math.isinf and math.isnormal by comparisons, of small floats in f32.
static void expandClass(Operation *op) {
  ScalarBuilder make(op);
  Value operand = op->getOperand(0);
  auto element = cast<FloatType>(getElementTypeOrSelf(operand.getType()));
  APFloat least = APFloat::getSmallestNormalized(element.getFloatSemantics());
  if (isSmall(operand.getType())) {
    element = make.builder.getF32Type();
    operand = make.make<arith::ExtFOp>(element, operand);
    bool ignored;
    least.convert(element.getFloatSemantics(), APFloat::rmNearestTiesToEven, &ignored);
  }
  Type type = operand.getType();
  Value size = make.make<math::AbsFOp>(operand);
  Value infinity = make.floating(type, APFloat::getInf(element.getFloatSemantics()));
  Value result;
  if (isa<math::IsInfOp>(op))
    result = make.make<arith::CmpFOp>(arith::CmpFPredicate::OEQ, size, infinity);
  else
    result =
        make.make<arith::AndIOp>(make.make<arith::CmpFOp>(arith::CmpFPredicate::OGE, size, make.floating(type, least)),
                                 make.make<arith::CmpFOp>(arith::CmpFPredicate::OLT, size, infinity));
  op->getResult(0).replaceAllUsesWith(result);
  op->erase();
}

static void expandClamp(math::ClampFOp op) {
  ScalarBuilder make(op);
  Value above = make.make<arith::MaximumFOp>(op.getValue(), op.getMin());
  Value result = make.make<arith::MinimumFOp>(above, op.getMax());
  op.replaceAllUsesWith(result);
  op.erase();
}

/// Integers of up to 53 bits are exact in f64, from where one rounding follows.
template <typename Op> static void convertByDouble(Op op) {
  if (!isSmall(op.getType()))
    return;
  ScalarBuilder make(op);
  Value wide = make.make<Op>(make.builder.getF64Type(), op.getIn());
  op.replaceAllUsesWith(make.truncateOnce(wide, op.getType()));
  op.erase();
}

/// Bits of a bf16 are extended to f32 alone; f64 is reached from there.
static void extendByFloat(arith::ExtFOp op) {
  Type f32 = Float32Type::get(op.getContext());
  if (!isSmall(op.getIn().getType()) || op.getType() == f32)
    return;
  ScalarBuilder make(op);
  op.getInMutable().assign(make.make<arith::ExtFOp>(f32, op.getIn()));
}

static void truncateByOdd(arith::TruncFOp op) {
  if (!isSmall(op.getType()) || !op.getIn().getType().isF64())
    return;
  ScalarBuilder make(op);
  op.replaceAllUsesWith(make.truncateOnce(op.getIn(), op.getType()));
  op.erase();
}

/// The operation itself, with f32 in place of every small float.
static void compute(Operation *op) {
  auto isSmallValue = [](Value value) { return isSmall(value.getType()); };
  if (!isa<arith::ArithDialect, math::MathDialect>(op->getDialect()) ||
      (llvm::none_of(op->getOperands(), isSmallValue) && llvm::none_of(op->getResults(), isSmallValue)))
    return;
  ScalarBuilder make(op);
  Type f32 = make.builder.getF32Type();
  for (OpOperand &operand : op->getOpOperands())
    if (isSmallValue(operand.get()))
      operand.set(make.make<arith::ExtFOp>(f32, operand.get()));
  make.builder.setInsertionPointAfter(op);
  for (Value result : op->getResults()) {
    if (!isSmallValue(result))
      continue;
    Type type = result.getType();
    result.setType(f32);
    Value narrow = make.make<arith::TruncFOp>(type, result);
    result.replaceAllUsesExcept(narrow, narrow.getDefiningOp());
  }
}

/// A power with index in it, which no upstream lowering knows, in the 64 bits of index.
static void castIndex(Operation *power) {
  ScalarBuilder make(power);
  Type i64 = make.builder.getI64Type();
  for (OpOperand &operand : power->getOpOperands())
    if (operand.get().getType().isIndex())
      operand.set(make.make<arith::IndexCastOp>(i64, operand.get()));
  Value result = power->getResult(0);
  if (!result.getType().isIndex())
    return;
  make.builder.setInsertionPointAfter(power);
  result.setType(i64);
  Value index = make.make<arith::IndexCastOp>(make.builder.getIndexType(), result);
  result.replaceAllUsesExcept(index, index.getDefiningOp());
}

void LegaliseFloats::runOnOperation() {
  getOperation().walk([](math::ClampFOp op) { expandClamp(op); });
  getOperation().walk([](Operation *op) {
    if (isa<math::IPowIOp, math::FPowIOp>(op))
      castIndex(op);
  });
  getOperation().walk([](Operation *op) {
    llvm::TypeSwitch<Operation *>(op)
        .Case<math::IsInfOp, math::IsNormalOp>([](Operation *test) { expandClass(test); })
        .Case<arith::SIToFPOp, arith::UIToFPOp>([](auto conversion) { convertByDouble(conversion); })
        .Case([](arith::TruncFOp truncation) { truncateByOdd(truncation); })
        .Case([](arith::ExtFOp extension) { extendByFloat(extension); })
        .Case<arith::ConstantOp, arith::BitcastOp, arith::SelectOp>([](Operation *) {})
        .Default([](Operation *other) { compute(other); });
  });
}

} // namespace theria::reference
