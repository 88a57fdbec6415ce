//===- Linearise.cpp - tangents beside a function's operations ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Calculus/Linearise.h"

#include "dialect/Theria.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/ShapedOpInterfaces.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace theria {

void Linearisation::set(Value primal, Value tangent) {
  tangents[primal] = tangent;
  shapes.try_emplace(tangent, primal);
}

static std::string describe(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << "'" << type << "'";
  return text;
}

static bool isTruthValue(Type type) { return getElementTypeOrSelf(type).isInteger(1); }

/// Whether a predicate holds for a value that an operation, or one nested in it, reads.
static bool anyOperand(Operation *op, llvm::function_ref<bool(Value)> predicate) {
  return op
      ->walk([&](Operation *nested) {
        return llvm::any_of(nested->getOperands(), predicate) ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

FailureOr<SmallVector<Value>> Linearisation::emit(func::FuncOp function, ValueRange arguments) {
  IRMapping values;
  values.map(function.getArguments(), arguments);
  for (Operation &op : function.front().without_terminator())
    if (failed(emit(op, values)))
      return failure();
  return llvm::map_to_vector(function.front().getTerminator()->getOperands(),
                             [&](Value value) { return values.lookup(value); });
}

LogicalResult Linearisation::emit(Operation &op, IRMapping &values) {
  bool active = anyOperand(&op, [&](Value value) { return bool(of(values.lookupOrDefault(value))); });
  bool isDiscrete = anyOperand(&op, [&](Value value) { return discrete.contains(values.lookupOrDefault(value)); });
  if ((active || isDiscrete) && failed(checkResultTypes(&op)))
    return failure();
  if (auto call = dyn_cast<func::CallOp>(op); call && (active || isDiscrete))
    return emitCall(call, calculus.lookup(call.getCalleeAttr()), values);
  Operation *primal = builder.clone(op, values);
  if ((!active && !isDiscrete) || isa<ShapedDimOpInterface, tensor::RankOp>(primal))
    return success();
  auto rule = dyn_cast<DifferentiableOpInterface>(primal);
  if (!rule)
    return calculus.missing(&op,
                            "expected a differentiation rule for '" + op.getName().getStringRef() +
                                "', but it has none, and a differentiated value enters it; cut the value off with "
                                "theria.stop_gradient, or declare a custom rule on a function around the operation");
  if (failed(checkDiscrete(primal)))
    return failure();
  if (active && failed(rule.linearise(builder, *this)))
    return calculus.missing(&op, "expected '" + op.getName().getStringRef() +
                                     "' to be differentiable here, but its rule does not cover this form; see "
                                     "docs/Derivatives.md, or declare a custom rule on a function around it");
  return success();
}

/// Refuses floats that are neither scalars nor elements of ranked tensors: their derivative would be lost.
LogicalResult Linearisation::checkResultTypes(Operation *op) {
  for (Type type : op->getResultTypes())
    if (!isDifferentiable(type) && isa<FloatType, ComplexType>(getElementTypeOrSelf(type)))
      return calculus.missing(op, "expected floats and ranked tensors of floats to differentiate, but '" +
                                      op->getName().getStringRef() + "' makes " + describe(type) +
                                      " of a differentiated value; change the type, or cut the value off with "
                                      "theria.stop_gradient");
  return success();
}

/// Marks integers that depend on differentiated floats, and refuses floats made of such integers. A truth value may
/// choose among floats that have derivatives of their own: the condition of a selection, a mask.
LogicalResult Linearisation::checkDiscrete(Operation *op) {
  bool chooses = cast<DifferentiableOpInterface>(op).getRuleKind() != RuleKind::Inactive;
  bool fromDiscrete = anyOperand(
      op, [&](Value value) { return discrete.contains(value) && !(chooses && isTruthValue(value.getType())); });
  for (Value result : op->getResults()) {
    if (!isDifferentiable(result.getType()))
      discrete.insert(result);
    else if (fromDiscrete)
      return throughIntegers(op);
  }
  return success();
}

LogicalResult Linearisation::throughIntegers(Operation *op) {
  return calculus.missing(op, "expected the derivative of '" + op->getName().getStringRef() +
                                  "', but its float depends on a differentiated value only through integers (a number, "
                                  "an index, an exponent or a size), where derivatives do not exist; if it is meant to "
                                  "be constant, say so with theria.stop_gradient before the conversion to an integer");
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

static SmallVector<Value> mapped(OperandRange operands, const IRMapping &values) {
  return llvm::map_to_vector(operands, [&](Value operand) { return values.lookupOrDefault(operand); });
}

static FlatSymbolRefAttr ruleOf(func::FuncOp function, StringRef name) {
  return function->getAttrOfType<FlatSymbolRefAttr>(name);
}

LogicalResult Linearisation::emitCall(func::CallOp call, func::FuncOp callee, IRMapping &values) {
  FlatSymbolRefAttr jvpRule = ruleOf(callee, jvpRuleName), vjpRule = ruleOf(callee, vjpRuleName);
  auto isNumber = [&](Value value) { return discrete.contains(value) && !isTruthValue(value.getType()); };
  if ((jvpRule || vjpRule) && llvm::any_of(mapped(call.getOperands(), values), isNumber))
    return throughIntegers(call);
  if (vjpRule && (purpose == Calculus::Purpose::Vjp || !jvpRule))
    return emitTangentCall(call, vjpRule, values);
  if (jvpRule)
    return emitJvpRule(call, calculus.lookup(jvpRule), values);
  StringRef derivative = purpose == Calculus::Purpose::Jvp ? "jvp" : "vjp";
  if (callee.isExternal())
    return calculus.missing(call, "expected the " + derivative + " of '@" + callee.getSymName() +
                                      "', but it is missing: the function has no body and declares no rule theria." +
                                      derivative + "; define its body, or declare a rule");
  if (llvm::is_contained(entered, callee))
    return calculus.missing(call, "expected calls that end, but '@" + callee.getSymName() + "' calls itself, and the " +
                                      derivative + " of recursion is missing; declare a custom rule on the function");
  Calculus::Asking asking(calculus, call.getLoc(), ("in the call of '@" + callee.getSymName() + "'").str());
  FailureOr<func::FuncOp> body = calculus.prepared(callee);
  if (failed(body))
    return failure();
  SmallVector<Value> arguments = mapped(call.getOperands(), values);
  entered.push_back(callee);
  FailureOr<SmallVector<Value>> results = emit(*body, arguments);
  entered.pop_back();
  if (failed(results))
    return failure();
  values.map(call.getResults(), *results);
  return success();
}

void Linearisation::finish(func::CallOp call, ValueRange results, ValueRange resultTangents, IRMapping &values) {
  values.map(call.getResults(), results);
  SmallVector<int64_t> positions = differentiablePositions(call.getResultTypes());
  for (auto [position, tangent] : llvm::zip_equal(positions, resultTangents))
    set(results[position], tangent);
}

/// The rule's body, or a call where it has none. None of its values has a tangent of its own.
FailureOr<SmallVector<Value>> Linearisation::emitRule(func::CallOp call, func::FuncOp rule, ValueRange arguments) {
  if (rule.isExternal())
    return llvm::to_vector_of<Value>(func::CallOp::create(builder, call.getLoc(), rule, arguments).getResults());
  Calculus::Asking asking(calculus, call.getLoc(), ("in the rule '@" + rule.getSymName() + "' of this call").str());
  FailureOr<func::FuncOp> body = calculus.prepared(rule);
  if (failed(body))
    return failure();
  return Linearisation(calculus, builder, purpose).emit(*body, arguments);
}

/// Calls the rule on the tangents of every differentiable argument.
LogicalResult Linearisation::emitJvpRule(func::CallOp call, func::FuncOp rule, IRMapping &values) {
  SmallVector<Value> arguments = mapped(call.getOperands(), values);
  for (int64_t position : differentiablePositions(call.getOperandTypes())) {
    Value primal = arguments[position];
    arguments.push_back(materialised(builder, primal));
    if (!of(primal))
      zeros.push_back(arguments.back());
  }
  FailureOr<SmallVector<Value>> results = emitRule(call, rule, arguments);
  if (failed(results))
    return failure();
  ValueRange all(*results);
  finish(call, all.take_front(call.getNumResults()), all.drop_front(call.getNumResults()), values);
  return success();
}

/// The results of a call whose function has a VJP rule: the rule's own where it has a body, so that they can be
/// differentiated as it can; their cotangents do not matter to them.
FailureOr<SmallVector<Value>> Linearisation::emitPrimalOfVjpRule(func::CallOp call, func::FuncOp rule,
                                                                 IRMapping &values) {
  Operation *primal = builder.clone(*call, values);
  if (rule.isExternal())
    return llvm::to_vector_of<Value>(primal->getResults());
  SmallVector<Value> arguments(primal->getOperands());
  for (int64_t position : differentiablePositions(call.getResultTypes()))
    arguments.push_back(createZero(builder, call.getLoc(), primal->getResult(position)));
  FailureOr<SmallVector<Value>> results = emitRule(call, rule, arguments);
  if (failed(results))
    return failure();
  results->truncate(call.getNumResults());
  if (primal->use_empty())
    primal->erase();
  return results;
}

LogicalResult Linearisation::emitTangentCall(func::CallOp call, FlatSymbolRefAttr rule, IRMapping &values) {
  FailureOr<SmallVector<Value>> results = emitPrimalOfVjpRule(call, calculus.lookup(rule), values);
  if (failed(results))
    return failure();
  SmallVector<Value> operands = mapped(call.getOperands(), values), operandTangents;
  for (int64_t position : differentiablePositions(call.getOperandTypes()))
    operandTangents.push_back(materialised(builder, operands[position]));
  SmallVector<Type> types;
  for (int64_t position : differentiablePositions(call.getResultTypes()))
    types.push_back(call.getResult(position).getType());
  auto tangent =
      TangentCallOp::create(builder, call.getLoc(), types, call.getCalleeAttr(), rule, operands, operandTangents);
  finish(call, *results, tangent.getOutputs(), values);
  return success();
}

} // namespace theria
