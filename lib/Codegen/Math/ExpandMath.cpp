//===- ExpandMath.cpp - elementary functions become arithmetic ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/Math/Functions.h"
#include "lib/Codegen/Math/Passes.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace theria::codegen {
#define GEN_PASS_DEF_EXPANDMATH
#include "lib/Codegen/Math/Passes.h.inc"

Value unrollToScalars(OpBuilder &builder, Location loc, VectorType type,
                      llvm::function_ref<Value(ArrayRef<int64_t>)> lane) {
  Value result = arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
  SmallVector<int64_t> strides = computeStrides(type.getShape());
  for (int64_t index = 0; index < type.getNumElements(); ++index) {
    SmallVector<int64_t> position = delinearize(index, strides);
    result = vector::InsertOp::create(builder, loc, lane(position), result, position);
  }
  return result;
}

namespace {

/// The same of those that libm has elsewhere.
Value expandRare(Operation *op, Emitter &emitter) {
  auto unary = [&](auto function) { return function(emitter.wrap(op->getOperand(0))).value; };
  auto binary = [&](auto function) {
    return function(emitter.wrap(op->getOperand(0)), emitter.wrap(op->getOperand(1))).value;
  };
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case([&](math::TanOp) { return unary(expandTan); })
      .Case([&](math::AsinOp) { return unary(expandAsin); })
      .Case([&](math::AcosOp) { return unary(expandAcos); })
      .Case([&](math::Atan2Op) { return binary(expandAtan2); })
      .Case([&](math::AsinhOp) { return unary(expandAsinh); })
      .Case([&](math::AcoshOp) { return unary(expandAcosh); })
      .Case([&](math::AtanhOp) { return unary(expandAtanh); })
      .Case([&](math::ErfcOp) { return unary(expandErfc); })
      .Case([&](arith::RemFOp) { return binary(expandRem); })
      .Case([&](math::FPowIOp power) {
        Emitter exponents(emitter.builder, emitter.loc, power.getRhs().getType(), emitter.hasFma);
        return expandPowI(emitter.wrap(power.getLhs()), Bits{&exponents, power.getRhs()}).value;
      })
      .Default([](Operation *) { return Value(); });
}

/// Emits the function of an operation, and returns nothing where it is not one of those that are expanded.
Value expand(Operation *op, Emitter &emitter) {
  auto unary = [&](auto function) { return function(emitter.wrap(op->getOperand(0))).value; };
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case([&](math::ExpOp) { return unary(expandExp); })
      .Case([&](math::Exp2Op) { return unary(expandExp2); })
      .Case([&](math::ExpM1Op) { return unary(expandExpM1); })
      .Case([&](math::LogOp) { return unary(expandLog); })
      .Case([&](math::Log2Op) { return unary(expandLog2); })
      .Case([&](math::Log10Op) { return unary(expandLog10); })
      .Case([&](math::Log1pOp) { return unary(expandLog1p); })
      .Case([&](math::TanhOp) { return unary(expandTanh); })
      .Case([&](math::SinhOp) { return unary(expandSinh); })
      .Case([&](math::CoshOp) { return unary(expandCosh); })
      .Case([&](math::AtanOp) { return unary(expandAtan); })
      .Case([&](math::ErfOp) { return unary(expandErf); })
      .Case([&](math::RsqrtOp) { return unary(expandRsqrt); })
      .Case([&](math::CbrtOp) { return unary(expandCbrt); })
      .Case([&](math::SinOp) { return emitter.hasFma ? unary(expandSin) : Value(); })
      .Case([&](math::CosOp) { return emitter.hasFma ? unary(expandCos) : Value(); })
      .Case([&](math::PowFOp pow) {
        if (emitter.isDouble() && !emitter.isComplete)
          return Value();
        return expandPow(emitter.wrap(pow.getLhs()), emitter.wrap(pow.getRhs())).value;
      })
      .Default([&](Operation *) { return emitter.isComplete ? expandRare(op, emitter) : Value(); });
}

/// Whether one instruction does it, or LLVM takes vectors of it apart by itself.
bool isSimple(Operation *op) {
  return isa<math::AbsFOp, math::CeilOp, math::CopySignOp, math::FloorOp, math::FmaOp, math::IsFiniteOp, math::IsInfOp,
             math::IsNaNOp, math::IsNormalOp, math::RoundEvenOp, math::RoundOp, math::SqrtOp, math::TruncOp>(op);
}

/// The same operation for each lane.
Value unroll(Operation *op, OpBuilder &builder, VectorType type) {
  return unrollToScalars(builder, op->getLoc(), type, [&](ArrayRef<int64_t> position) -> Value {
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      operands.push_back(isa<VectorType>(operand.getType())
                             ? vector::ExtractOp::create(builder, op->getLoc(), operand, position)
                             : operand);
    OperationState state(op->getLoc(), op->getName(), operands, type.getElementType(), op->getAttrs());
    return builder.create(state)->getResult(0);
  });
}

struct ExpandMath : impl::ExpandMathBase<ExpandMath> {
  using Base::Base;

  void runOnOperation() override {
    if (complete && !fma) {
      getOperation()->emitError("expected fma=true for complete, but found fma=false; sin, cos and tan need fma");
      return signalPassFailure();
    }
    // What is emitted may hold functions again, the scalar ones that stay; only those that are there now are visited.
    SmallVector<Operation *> operations;
    getOperation()->walk([&](Operation *op) {
      if ((isa_and_nonnull<math::MathDialect>(op->getDialect()) && !isSimple(op)) ||
          (complete && isa<arith::RemFOp>(op)))
        operations.push_back(op);
    });
    for (Operation *op : operations) {
      if (auto both = dyn_cast<math::SincosOp>(op)) {
        OpBuilder builder(both);
        auto sine = math::SinOp::create(builder, both.getLoc(), both.getOperand());
        auto cosine = math::CosOp::create(builder, both.getLoc(), both.getOperand());
        both->replaceAllUsesWith(ValueRange{sine, cosine});
        both->erase();
        rewrite(sine);
        rewrite(cosine);
      } else {
        rewrite(op);
      }
    }
  }

  void rewrite(Operation *op) {
    Type type = op->getResult(0).getType();
    auto vector = dyn_cast<VectorType>(type);
    Type element = vector ? vector.getElementType() : type;
    auto integers = dyn_cast<math::IPowIOp>(op);
    if ((!isa<FloatType>(element) && !(integers && complete)) || (vector && vector.isScalable()))
      return;
    OpBuilder builder(op);
    Value result;
    Emitter emitter(builder, op->getLoc(), type, fma);
    emitter.isComplete = complete;
    if (integers)
      result = expandIPowI(Bits{&emitter, integers.getLhs()}, Bits{&emitter, integers.getRhs()}).value;
    else if (element.isF32() || element.isF64())
      result = expand(op, emitter);
    if (!result && vector)
      result = unroll(op, builder, vector);
    if (!result)
      return;
    op->getResult(0).replaceAllUsesWith(result);
    op->erase();
  }
};

} // namespace
} // namespace theria::codegen
