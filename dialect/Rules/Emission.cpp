//===- Emission.cpp - applying partial derivatives to tangents ------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Differentiation.h"
#include "dialect/Rules/Expr.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace theria::rules {

/// Whether two conditions are known to be the same.
static bool isSame(const Expr &left, const Expr &right) {
  return left.get() == right.get() ||
         (left->kind == ExprKind::Operand && right->kind == left->kind && left->index == right->index);
}

template <typename Op> Value Emission::binary(Value left, Value right) {
  return Op::create(builder, op->getLoc(), left, right);
}

Value Emission::constant(double value) { return createConstant(builder, op->getLoc(), value, like.getType(), like); }

Value Emission::resolve(Term term) {
  if (!term.value || !term.negative)
    return term.value;
  return arith::NegFOp::create(builder, op->getLoc(), term.value);
}

Value Emission::resolveOrZero(Term term) { return term.value ? resolve(term) : constant(0); }

Value Emission::combine(ArrayRef<std::pair<Expr, Value>> terms) { return resolve(sum(terms)); }

Emission::Term Emission::sum(ArrayRef<std::pair<Expr, Value>> terms) {
  SmallVector<std::pair<Expr, Value>> active;
  for (const auto &[partial, tangent] : terms)
    if (tangent && !partial.isConstant(0))
      active.push_back({partial, tangent});
  if (active.empty())
    return {};
  // Terms that select on one condition become one select between sums.
  const Expr &first = active.front().first;
  if (llvm::all_of(active, [&](const auto &term) {
        return term.first->kind == ExprKind::Select && isSame(term.first->arguments[0], first->arguments[0]);
      })) {
    SmallVector<std::pair<Expr, Value>> yes, no;
    for (const auto &[partial, tangent] : active) {
      yes.push_back({partial->arguments[1], tangent});
      no.push_back({partial->arguments[2], tangent});
    }
    return choose(first->arguments[0], sum(yes), sum(no));
  }
  Term total;
  for (const auto &[partial, tangent] : active)
    total = add(total, apply(partial, tangent));
  return total;
}

Emission::Term Emission::add(Term left, Term right) {
  if (!left.value || !right.value)
    return left.value ? left : right;
  if (left.negative == right.negative)
    return {binary<arith::AddFOp>(left.value, right.value), left.negative};
  if (left.negative)
    std::swap(left, right);
  return {binary<arith::SubFOp>(left.value, right.value)};
}

Emission::Term Emission::choose(const Expr &condition, Term yes, Term no) {
  if (!yes.value && !no.value)
    return {};
  bool negative = (!yes.value || yes.negative) && (!no.value || no.negative);
  if (negative)
    yes.negative = no.negative = false;
  Value test = emit(condition);
  Value left = resolveOrZero(yes), right = resolveOrZero(no);
  return {arith::SelectOp::create(builder, op->getLoc(), test, left, right), negative};
}

Emission::Term Emission::apply(const Expr &partial, Value tangent) {
  switch (partial->kind) {
  case ExprKind::Constant: {
    double factor = partial->constant, size = std::abs(factor);
    if (size == 1)
      return {tangent, factor < 0};
    return {binary<arith::MulFOp>(constant(size), tangent), factor < 0};
  }
  case ExprKind::Negate: {
    Term term = apply(partial->arguments[0], tangent);
    return {term.value, !term.negative};
  }
  case ExprKind::Divide:
    if (!partial->arguments[0].isConstant(1))
      break;
    return {binary<arith::DivFOp>(tangent, emit(partial->arguments[1]))};
  case ExprKind::Select:
    return sum({{partial, tangent}});
  default:
    break;
  }
  return {binary<arith::MulFOp>(emit(partial), tangent)};
}

Value Emission::emit(const Expr &expr) {
  if (expr->kind == ExprKind::Operand)
    return op->getOperand(expr->index);
  if (expr->kind == ExprKind::Result)
    return op->getResult(expr->index);
  if (Value known = emitted.lookup(expr.get()))
    return known;
  SmallVector<Value, 3> arguments;
  for (const Expr &argument : expr->arguments)
    arguments.push_back(emit(argument));
  Location loc = op->getLoc();
  Value value;
  switch (expr->kind) {
  case ExprKind::Constant:
    value = constant(expr->constant);
    break;
  case ExprKind::Negate:
    value = arith::NegFOp::create(builder, loc, arguments[0]);
    break;
  case ExprKind::Add:
    value = binary<arith::AddFOp>(arguments[0], arguments[1]);
    break;
  case ExprKind::Subtract:
    value = binary<arith::SubFOp>(arguments[0], arguments[1]);
    break;
  case ExprKind::Multiply:
    value = binary<arith::MulFOp>(arguments[0], arguments[1]);
    break;
  case ExprKind::Divide:
    value = binary<arith::DivFOp>(arguments[0], arguments[1]);
    break;
  case ExprKind::Select:
    value = arith::SelectOp::create(builder, loc, arguments[0], arguments[1], arguments[2]);
    break;
  case ExprKind::Call:
    value = expr->emit(builder, loc, like.getType(), arguments);
    break;
  case ExprKind::Operand:
  case ExprKind::Result:
    llvm_unreachable("leaves are values of the op");
  }
  return emitted[expr.get()] = value;
}

} // namespace theria::rules
