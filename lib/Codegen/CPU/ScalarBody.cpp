//===- ScalarBody.cpp - the body of a generic on vectors -----------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Codegen/CPU/ScalarBody.h"

#include "lib/Codegen/CPU/Passes.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using linalg::GenericOp;

namespace theria::cpu {

/// Instructions that a function of the math dialect takes, roughly.
static constexpr int64_t kMathWeight = 16;

static bool isSmallFloat(Type type) { return isa<BFloat16Type, Float16Type>(type); }

static bool isVectorElement(Type type) {
  return type.isIndex() || type.isF32() || type.isF64() || isSmallFloat(type) || type.isInteger(1) ||
         type.isInteger(8) || type.isInteger(16) || type.isInteger(32) || type.isInteger(64);
}

/// Small floats are stored and converted, but not computed with.
static bool isOnVectors(Operation &op) {
  if (isa<linalg::IndexOp, arith::ConstantOp>(op))
    return true;
  if (!OpTrait::hasElementwiseMappableTraits(&op) || op.getNumResults() != 1)
    return false;
  auto fits = [&](Type type) { return isVectorElement(type); };
  if (!llvm::all_of(op.getOperandTypes(), fits) || !llvm::all_of(op.getResultTypes(), fits))
    return false;
  if (!llvm::any_of(op.getOperandTypes(), isSmallFloat) && !llvm::any_of(op.getResultTypes(), isSmallFloat))
    return true;
  if (auto extension = dyn_cast<arith::ExtFOp>(op))
    return extension.getType().isF32();
  if (auto truncation = dyn_cast<arith::TruncFOp>(op))
    return truncation.getIn().getType().isF32();
  return isa<arith::SelectOp, arith::BitcastOp>(op);
}

BodyTraits::BodyTraits(GenericOp op) {
  bool hasWideIntegers = false;
  auto see = [&](Type type) {
    type = getElementTypeOrSelf(type);
    if (isa<FloatType>(type) && (!widest || !isa<FloatType>(widest) || elementBytes(type) > elementBytes(widest)))
      widest = type;
    hasWideIntegers |= !isa<FloatType>(type) && elementBytes(type) == 8;
  };
  for (Operation &inner : op.getBody()->without_terminator()) {
    isElementwise &= isOnVectors(inner);
    mayTrap |= isa<arith::DivSIOp, arith::DivUIOp, arith::RemSIOp, arith::RemUIOp, arith::CeilDivSIOp,
                   arith::CeilDivUIOp, arith::FloorDivSIOp>(inner);
    weight += isa<arith::ConstantOp>(inner)                                                          ? 0
              : isa<math::MathDialect>(inner.getDialect()) && !isa<math::AbsFOp, math::FmaOp>(inner) ? kMathWeight
                                                                                                     : 1;
    llvm::for_each(inner.getResultTypes(), see);
  }
  llvm::for_each(op->getOperandTypes(), see);
  if (widest)
    return;
  // Positions need not decide: as 64-bit numbers they would leave few lanes for masks of bytes.
  if (hasWideIntegers) {
    widest = IntegerType::get(op.getContext(), 32);
    return;
  }
  for (Type type : op->getOperandTypes()) {
    Type element = getElementTypeOrSelf(type);
    if (!widest || elementBytes(element) > elementBytes(widest))
      widest = element;
  }
}

static bool isVector(Value value) { return isa<VectorType>(value.getType()); }

static Value splat(OpBuilder &b, Value value, int64_t lanes) {
  if (isVector(value))
    return value;
  return vector::BroadcastOp::create(b, value.getLoc(), VectorType::get(lanes, value.getType()), value);
}

Value emitOn(OpBuilder &b, Operation *op, ValueRange operands) {
  Operation *copy = op->clone();
  copy->setOperands(operands);
  for (Value operand : operands)
    if (auto type = dyn_cast<VectorType>(operand.getType())) {
      copy->getResult(0).setType(type.clone(getElementTypeOrSelf(copy->getResult(0).getType())));
      break;
    }
  b.insert(copy);
  return copy->getResult(0);
}

/// left*right + result as one operation, where `op` adds a product to a result.
static Value fuse(OpBuilder &b, GenericOp generic, Operation &op, function_ref<Value(Value)> mapped) {
  auto add = dyn_cast<arith::AddFOp>(op);
  if (!add)
    return {};
  auto isResult = [&](Value value) { return llvm::is_contained(generic.getRegionOutputArgs(), value); };
  for (auto [sum, other] : {std::pair(add.getLhs(), add.getRhs()), std::pair(add.getRhs(), add.getLhs())}) {
    auto product = other.getDefiningOp<arith::MulFOp>();
    if (isResult(sum) && product && product->getBlock() == op.getBlock() && product->hasOneUse())
      return math::FmaOp::create(b, op.getLoc(), mapped(product.getLhs()), mapped(product.getRhs()), mapped(sum));
  }
  return {};
}

SmallVector<Value> emitBody(OpBuilder &b, GenericOp op, ArrayRef<Value> arguments, const BodyPoint &point) {
  IRMapping mapping;
  mapping.map(op.getBody()->getArguments(), arguments);
  auto widened = [&](Value value) {
    Value mapped = mapping.lookupOrDefault(value);
    return point.lanes ? splat(b, mapped, point.lanes) : mapped;
  };
  auto emit = [&](Operation &inner) -> Value {
    if (auto index = dyn_cast<linalg::IndexOp>(inner)) {
      Value iv = point.ivs[index.getDim()];
      if (!point.lanes || index.getDim() != point.loop)
        return iv;
      Value steps = vector::StepOp::create(b, inner.getLoc(), VectorType::get(point.lanes, b.getIndexType()));
      return arith::AddIOp::create(b, inner.getLoc(), splat(b, iv, point.lanes), steps);
    }
    if (point.fma)
      if (Value fused = fuse(b, op, inner, widened))
        return fused;
    auto current = llvm::map_to_vector(inner.getOperands(), [&](Value v) { return mapping.lookupOrDefault(v); });
    // What does not change along the vector is computed once, but for functions, which only vectors have at full speed.
    const bool isScalar =
        !point.lanes || (isa<arith::ArithDialect>(inner.getDialect()) && llvm::none_of(current, isVector));
    if (isScalar)
      return emitOn(b, &inner, current);
    return emitOn(b, &inner, llvm::map_to_vector(inner.getOperands(), widened));
  };
  for (Operation &inner : op.getBody()->without_terminator())
    mapping.map(inner.getResult(0), emit(inner));
  SmallVector<Value> results = llvm::map_to_vector(op.getBody()->getTerminator()->getOperands(), widened);
  // A product that was fused.
  for (Operation &inner : llvm::reverse(op.getBody()->without_terminator())) {
    Operation *emitted = mapping.lookup(inner.getResult(0)).getDefiningOp();
    if (emitted && isa<arith::MulFOp>(emitted) && emitted->use_empty() &&
        !llvm::is_contained(results, emitted->getResult(0)))
      emitted->erase();
  }
  return results;
}

Operation *findCombiner(GenericOp op, unsigned result) {
  BlockArgument sum = op.getRegionOutputArgs()[result];
  Value yielded = op.getBody()->getTerminator()->getOperand(result);
  Operation *combiner = yielded.getDefiningOp();
  if (!combiner || combiner->getBlock() != op.getBody() || !sum.hasOneUse() || *sum.user_begin() != combiner ||
      !yielded.hasOneUse())
    return nullptr;
  return isa<arith::AddFOp, arith::MulFOp, arith::MaximumFOp, arith::MinimumFOp, arith::MaxNumFOp, arith::MinNumFOp,
             arith::AddIOp, arith::MulIOp, arith::AndIOp, arith::OrIOp, arith::XOrIOp, arith::MaxSIOp, arith::MinSIOp,
             arith::MaxUIOp, arith::MinUIOp>(combiner)
             ? combiner
             : nullptr;
}

static TypedAttr floatIdentity(Operation *combiner, FloatType type) {
  const llvm::fltSemantics &semantics = type.getFloatSemantics();
  APFloat value = llvm::TypeSwitch<Operation *, APFloat>(combiner)
                      .Case([&](arith::AddFOp) { return APFloat::getZero(semantics, /*Negative=*/true); })
                      .Case([&](arith::MulFOp) { return APFloat::getOne(semantics); })
                      .Case([&](arith::MaximumFOp) { return APFloat::getInf(semantics, /*Negative=*/true); })
                      .Case([&](arith::MinimumFOp) { return APFloat::getInf(semantics); })
                      .Default([&](Operation *) { return APFloat::getQNaN(semantics); });
  return FloatAttr::get(type, value);
}

TypedAttr identityOf(Operation *combiner) {
  Type type = combiner->getResult(0).getType();
  if (auto floating = dyn_cast<FloatType>(type))
    return floatIdentity(combiner, floating);
  const unsigned width = type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
  APInt value = llvm::TypeSwitch<Operation *, APInt>(combiner)
                    .Case([&](arith::MulIOp) { return APInt(width, 1); })
                    .Case<arith::AndIOp, arith::MinUIOp>([&](Operation *) { return APInt::getAllOnes(width); })
                    .Case([&](arith::MaxSIOp) { return APInt::getSignedMinValue(width); })
                    .Case([&](arith::MinSIOp) { return APInt::getSignedMaxValue(width); })
                    .Default([&](Operation *) { return APInt::getZero(width); });
  return IntegerAttr::get(type, value);
}

} // namespace theria::cpu
