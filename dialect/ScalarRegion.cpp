//===- ScalarRegion.cpp - a region of scalars on whole tensors ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/SdpaClauses.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace theria {

namespace {
/// Values are uniform (one scalar, tensor or index for all elements) or varying (a tensor with a scalar for each).
class ElementwiseEmitter {
public:
  ElementwiseEmitter(OpBuilder &builder, RankedTensorType shape, Value mask, ArrayRef<Value> dims)
      : builder(builder), shape(shape), mask(mask), dims(dims) {}

  /// Emits a block on its mapped arguments and returns what its terminator yields, varying.
  FailureOr<SmallVector<Value>> emit(Block &block, IRMapping &values);

private:
  LogicalResult emit(Operation &op, IRMapping &values);
  LogicalResult emitLookup(tensor::ExtractOp op, IRMapping &values);
  LogicalResult emitCall(func::CallOp op, IRMapping &values);
  LogicalResult emitBranches(scf::IfOp op, IRMapping &values);
  FailureOr<SmallVector<Value>> emitBranch(Region &branch, Value taken, const IRMapping &values);
  Value varying(Value scalar, IRMapping &values);
  bool isVarying(Value scalar, IRMapping &values);
  Value masked(Value tensor, StringRef labels);
  Value safeOperand(Value operand);

  OpBuilder &builder;
  RankedTensorType shape;
  Value mask;
  ArrayRef<Value> dims;
  SmallVector<Operation *> calls; ///< the functions being entered
  unsigned branches = 0;          ///< the branches being entered
};
} // namespace

/// Varying values are those whose mapped type is no longer their own.
bool ElementwiseEmitter::isVarying(Value scalar, IRMapping &values) {
  return values.lookupOrDefault(scalar).getType() != scalar.getType();
}

Value ElementwiseEmitter::varying(Value scalar, IRMapping &values) {
  Value value = values.lookupOrDefault(scalar);
  if (isVarying(scalar, values))
    return value;
  Location loc = value.getLoc();
  RankedTensorType type = shape.clone(value.getType());
  Attribute constant;
  if (matchPattern(value, m_Constant(&constant)) && type.hasStaticShape())
    return arith::ConstantOp::create(builder, loc, DenseElementsAttr::get(type, constant));
  if (constant || !isa<FloatType>(value.getType()))
    return tensor::SplatOp::create(builder, loc, type, value, dims);
  Value element = tensor::FromElementsOp::create(builder, loc, RankedTensorType::get({}, value.getType()), value);
  return masked(element, "");
}

static std::string labelsOf(RankedTensorType type) {
  std::string labels;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    labels += char('a' + dim);
  return labels;
}

/// Broadcasts a tensor with some of the labels, under the mask: neither its value nor its cotangent passes elsewhere.
Value ElementwiseEmitter::masked(Value tensor, StringRef labels) {
  std::string all = labelsOf(shape);
  Equation equation{{labels.str()}, all, mask ? all : ""};
  auto sizeOf = [&](char label) {
    return dims[llvm::count_if(shape.getShape().take_front(label - 'a'), ShapedType::isDynamic)];
  };
  auto element = cast<RankedTensorType>(tensor.getType()).getElementType();
  return EinsumOp::create(builder, tensor.getLoc(), shape.clone(element), equation, tensor, mask, sizeOf);
}

/// The operand of which some values have no result, but 1 has: the divisor of integers, or a base to a negative power.
static OpOperand *findRisk(Operation &op) {
  if (isa<arith::DivSIOp, arith::DivUIOp, arith::CeilDivSIOp, arith::CeilDivUIOp, arith::FloorDivSIOp, arith::RemSIOp,
          arith::RemUIOp>(op))
    return &op.getOpOperand(1);
  return isa<math::IPowIOp>(op) ? &op.getOpOperand(0) : nullptr;
}

/// 1 where the mask is false: there, an operation must not fail.
Value ElementwiseEmitter::safeOperand(Value operand) {
  Location loc = operand.getLoc();
  auto type = cast<RankedTensorType>(operand.getType());
  Value one = arith::ConstantOp::create(builder, loc, builder.getIntegerAttr(type.getElementType(), 1));
  Value ones = tensor::SplatOp::create(builder, loc, type, one, dims);
  return arith::SelectOp::create(builder, loc, mask, operand, ones);
}

LogicalResult ElementwiseEmitter::emitLookup(tensor::ExtractOp op, IRMapping &values) {
  SmallVector<Value> indices;
  for (Value index : op.getIndices())
    indices.push_back(varying(index, values));
  Value table = values.lookupOrDefault(op.getTensor());
  values.map(op.getResult(), GatherOp::create(builder, op.getLoc(), shape.clone(op.getType()), table, indices, mask));
  return success();
}

LogicalResult ElementwiseEmitter::emitCall(func::CallOp op, IRMapping &values) {
  auto function = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(op, op.getCalleeAttr());
  if (!function || !function.getBody().hasOneBlock() || llvm::is_contained(calls, function))
    return op.emitOpError()
           << "expected a function with one block that does not call itself, as it is evaluated for every "
              "element; write its body into the region";
  if (function->hasAttr(jvpRuleName) || function->hasAttr(vjpRuleName))
    return op.emitOpError() << "expected a function without a custom rule, as its body is evaluated on all elements at "
                               "once, but '@"
                            << function.getSymName()
                            << "' declares one; call a function without a rule, or call this one outside of the "
                               "region and capture its result";
  IRMapping inner;
  for (auto [argument, operand] : llvm::zip_equal(function.getArguments(), op.getOperands()))
    inner.map(argument, values.lookupOrDefault(operand));
  calls.push_back(function);
  auto results = emit(function.front(), inner);
  calls.pop_back();
  if (succeeded(results))
    values.map(op.getResults(), *results);
  return results;
}

/// A branch under the mask of where it is taken: it reads tables, divides integers and receives cotangents only there,
/// also where its operands are the same for every element.
FailureOr<SmallVector<Value>> ElementwiseEmitter::emitBranch(Region &branch, Value taken, const IRMapping &values) {
  Value outer = mask;
  mask = outer ? arith::AndIOp::create(builder, taken.getLoc(), outer, taken).getResult() : taken;
  IRMapping inner = values;
  llvm::SetVector<Value> used;
  getUsedValuesDefinedAbove(branch, used);
  for (Value value : used)
    if (isa<FloatType>(value.getType()) && isVarying(value, inner))
      inner.map(value, masked(inner.lookup(value), labelsOf(shape)));
  ++branches;
  auto results = emit(branch.front(), inner);
  --branches;
  mask = outer;
  return results;
}

/// Both branches and a select between them.
LogicalResult ElementwiseEmitter::emitBranches(scf::IfOp op, IRMapping &values) {
  if (op.getNumResults() == 0 && isMemoryEffectFree(op))
    return success();
  if (op.getNumResults() == 0)
    return op.emitOpError()
           << "expected branches without effects in a region that is evaluated for every pair, but found "
              "some; move them out of the region";
  Value condition = varying(op.getCondition(), values);
  Value one = arith::ConstantIntOp::create(builder, op.getLoc(), 1, 1);
  Value yes = tensor::SplatOp::create(builder, op.getLoc(), shape.clone(one.getType()), one, dims);
  Value otherwise = arith::XOrIOp::create(builder, op.getLoc(), condition, yes);
  auto first = emitBranch(op.getThenRegion(), condition, values);
  auto second = emitBranch(op.getElseRegion(), otherwise, values);
  if (failed(first) || failed(second))
    return failure();
  for (auto [result, a, b] : llvm::zip_equal(op.getResults(), *first, *second))
    values.map(result, arith::SelectOp::create(builder, op.getLoc(), condition, a, b));
  return success();
}

/// Whether an operation can be emitted for every element: it makes scalars, of scalars or of an element of a table.
static bool isOfScalars(Operation &op) {
  auto isScalar = [](Type type) { return type.isIntOrIndexOrFloat(); };
  if (op.hasTrait<OpTrait::ConstantLike>() || !llvm::all_of(op.getResultTypes(), isScalar))
    return false;
  return isa<tensor::ExtractOp, func::CallOp, scf::IfOp>(op) ||
         ((op.hasTrait<OpTrait::Elementwise>() || isa<StopGradientOp>(op)) &&
          llvm::all_of(op.getOperandTypes(), isScalar));
}

LogicalResult ElementwiseEmitter::emit(Operation &op, IRMapping &values) {
  bool uniform = true;
  op.walk([&](Operation *nested) {
    for (Value operand : nested->getOperands())
      uniform &= !isVarying(operand, values);
  });
  OpOperand *risk = mask ? findRisk(op) : nullptr;
  bool mayBeSkipped = branches && isOfScalars(op);
  if (uniform && !risk && !mayBeSkipped) {
    builder.clone(op, values);
    return success();
  }
  if (!isOfScalars(op))
    return op.emitOpError()
           << "expected an elementwise operation on scalars, tensor.extract, func.call or scf.if in a region that is "
              "evaluated for every pair; compute the value outside and capture it";
  if (auto lookup = dyn_cast<tensor::ExtractOp>(op))
    return emitLookup(lookup, values);
  if (auto call = dyn_cast<func::CallOp>(op))
    return emitCall(call, values);
  if (auto branch = dyn_cast<scf::IfOp>(op))
    return emitBranches(branch, values);
  IRMapping operands;
  for (Value operand : op.getOperands())
    operands.map(operand, varying(operand, values));
  if (risk)
    operands.map(risk->get(), safeOperand(operands.lookup(risk->get())));
  Operation *whole = builder.clone(op, operands);
  for (auto [scalar, tensor] : llvm::zip_equal(op.getResults(), whole->getResults())) {
    tensor.setType(shape.clone(scalar.getType()));
    values.map(scalar, tensor);
  }
  return success();
}

FailureOr<SmallVector<Value>> ElementwiseEmitter::emit(Block &block, IRMapping &values) {
  for (Operation &op : block.without_terminator())
    if (failed(emit(op, values)))
      return failure();
  return llvm::map_to_vector(block.getTerminator()->getOperands(), [&](Value value) { return varying(value, values); });
}

FailureOr<Value> emitElementwise(OpBuilder &builder, Region &region, ValueRange arguments, RankedTensorType shape,
                                 Value mask, ArrayRef<Value> dims) {
  IRMapping values;
  values.map(region.getArguments(), arguments);
  auto results = ElementwiseEmitter(builder, shape, mask, dims).emit(region.front(), values);
  if (failed(results))
    return failure();
  return results->front();
}

} // namespace theria
