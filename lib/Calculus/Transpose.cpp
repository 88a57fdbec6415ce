//===- Transpose.cpp - cotangents of a linear program ---------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Calculus/Transpose.h"

#include "dialect/Folds.h"
#include "dialect/Theria.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/ShapedOpInterfaces.h"

using namespace mlir;

namespace theria {

/// Whether an operation, or one nested in it, reads a value for which `found` holds.
static bool reads(Operation *op, llvm::function_ref<bool(Value)> found) {
  return op
      ->walk([&](Operation *nested) {
        return llvm::any_of(nested->getOperands(), found) ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

Transposition::Transposition(Calculus &calculus, Block &block, ValueRange inputs, const LinearPart &part)
    : calculus(calculus), linear(inputs.begin(), inputs.end()), zeros(part.zeros.begin(), part.zeros.end()),
      part(part) {
  for (Operation &op : block.without_terminator()) {
    if (isa<ShapedDimOpInterface>(op))
      continue;
    if (reads(&op, [&](Value value) { return isLinear(value); })) {
      operations.push_back(&op);
      linear.insert(op.result_begin(), op.result_end());
    } else if (reads(&op, [&](Value value) { return zeros.contains(value); })) {
      zeros.insert(op.result_begin(), op.result_end());
    }
  }
}

bool Transposition::vanishes(Value value) const {
  return isLinear(value) || zeros.contains(value) || isUniformlyZero(value);
}

void Transposition::add(OpBuilder &builder, Value value, Value cotangent) {
  if (!cotangent || !isLinear(value))
    return;
  Value &sum = cotangents[value];
  sum = sum ? arith::AddFOp::create(builder, cotangent.getLoc(), sum, cotangent).getResult() : cotangent;
}

LogicalResult Transposition::run(OpBuilder &builder) {
  for (Operation *op : llvm::reverse(operations)) {
    if (llvm::none_of(op->getResults(), [&](Value result) { return of(result); }))
      continue;
    bool decides = reads(op, [&](Value value) { return isLinear(value) && !isDifferentiable(value.getType()); });
    auto rule = dyn_cast<DifferentiableOpInterface>(op);
    if (auto call = dyn_cast<func::CallOp>(op))
      return calculus.missing(op, "expected the vjp of a call that has only a JVP rule, but '@" + call.getCallee() +
                                      "' has no body to transpose; define its body, or declare a rule theria.vjp");
    if (decides || !rule || failed(rule.transpose(builder, *this)))
      return calculus.missing(op, "expected an operation that is linear in the tangents, to transpose it, but '" +
                                      op->getName().getStringRef() +
                                      "' is not; a custom JVP rule must be linear in its tangents");
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

Value Transposition::sizeFromOperation(OpBuilder &builder, Location loc, OpResult value, int64_t dim) {
  Operation *op = value.getOwner();
  if (Value size = reifyDim(builder, value, dim))
    return size;
  if (auto inPlace = dyn_cast<DestinationStyleOpInterface>(op))
    return sizeOf(builder, loc, inPlace.getTiedOpOperand(value)->get(), dim);
  // What is left maps elements one to one: any tensor operand of the result's shape will do, best one that stays.
  auto rank = [](Value tensor) {
    auto type = dyn_cast<RankedTensorType>(tensor.getType());
    return type ? type.getRank() : -1;
  };
  SmallVector<Value> candidates =
      llvm::filter_to_vector(op->getOperands(), [&](Value operand) { return rank(operand) == rank(value); });
  auto stays = llvm::find_if(candidates, [&](Value operand) { return !isLinear(operand); });
  if (candidates.empty())
    return Value();
  return sizeOf(builder, loc, stays != candidates.end() ? *stays : candidates.front(), dim);
}

/// The size of a value that may be linear, from one that is not.
Value Transposition::sizeOf(OpBuilder &builder, Location loc, Value value, int64_t dim) {
  if (!cast<RankedTensorType>(value.getType()).isDynamicDim(dim) || !isLinear(value))
    return createDim(builder, loc, value, dim);
  if (Value primal = part.shapes.lookup(value))
    return sizeOf(builder, loc, primal, dim);
  auto result = dyn_cast<OpResult>(value);
  return result ? sizeFromOperation(builder, loc, result, dim) : Value();
}

LogicalResult Transposition::replaceSizes() {
  // Answering one question may ask another, of a value further up.
  for (bool changed = true; changed;) {
    changed = false;
    for (Value value : linear)
      for (Operation *user : llvm::make_early_inc_range(value.getUsers())) {
        auto query = dyn_cast<ShapedDimOpInterface>(user);
        if (!query)
          continue;
        std::optional<int64_t> dim = getConstantIntValue(query.getDimension());
        OpBuilder builder(user);
        Value size = dim ? sizeOf(builder, user->getLoc(), value, *dim) : Value();
        if (!size)
          return calculus.missing(user,
                                  "expected to know the size of a tangent, but found no value of its shape; give the "
                                  "tensor a static type");
        user->getResult(0).replaceAllUsesWith(size);
        user->erase();
        changed = true;
      }
  }
  return success();
}

LogicalResult Transposition::erase() {
  if (failed(replaceSizes()))
    return failure();
  SmallPtrSet<Operation *, 32> erased(operations.begin(), operations.end());
  for (Value value : linear)
    for (Operation *user : value.getUsers())
      if (!erased.contains(value.getParentBlock()->findAncestorOpInBlock(*user)))
        return calculus.missing(value.getDefiningOp() ? value.getDefiningOp() : user,
                                "expected a result that does not depend on the tangents, but this one does; a custom "
                                "JVP rule must be linear in its tangents, and its primal results independent of them");
  for (Operation *op : llvm::reverse(operations))
    op->erase();
  return success();
}

} // namespace theria
