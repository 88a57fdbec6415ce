//===- Functions.h - the functions that partial derivatives use -*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_DIALECT_RULES_FUNCTIONS_H
#define THERIA_DIALECT_RULES_FUNCTIONS_H

#include "dialect/Rules/Expr.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

namespace theria::rules {

/// A function of floats that is one operation.
template <typename Op, typename... Arguments> Expr function(llvm::StringRef name, Arguments... arguments) {
  return Expr::call(
      name,
      [](mlir::OpBuilder &builder, mlir::Location loc, mlir::Type, mlir::ValueRange arguments) -> mlir::Value {
        return Op::create(builder, loc, mlir::TypeRange(arguments[0].getType()), arguments)->getResult(0);
      },
      {Expr(arguments)...});
}

inline Expr cos(Expr e) { return function<mlir::math::CosOp>("cos", e); }
inline Expr cosh(Expr e) { return function<mlir::math::CoshOp>("cosh", e); }
inline Expr exp(Expr e) { return function<mlir::math::ExpOp>("exp", e); }
inline Expr log(Expr e) { return function<mlir::math::LogOp>("log", e); }
inline Expr nearest(Expr e) { return function<mlir::math::RoundEvenOp>("nearest", e); }
inline Expr pow(Expr base, Expr exponent) { return function<mlir::math::PowFOp>("pow", base, exponent); }
inline Expr fpowi(Expr base, Expr exponent) { return function<mlir::math::FPowIOp>("fpowi", base, exponent); }
inline Expr sin(Expr e) { return function<mlir::math::SinOp>("sin", e); }
inline Expr sinh(Expr e) { return function<mlir::math::SinhOp>("sinh", e); }
inline Expr sqrt(Expr e) { return function<mlir::math::SqrtOp>("sqrt", e); }
inline Expr copysign(Expr size, Expr sign) { return function<mlir::math::CopySignOp>("copysign", size, sign); }

/// Comparisons, for the conditions of `select`; false where a side is NaN.
template <mlir::arith::CmpFPredicate predicate> Expr compare(llvm::StringRef sign, Expr left, Expr right) {
  return Expr::call(
      sign,
      [](mlir::OpBuilder &builder, mlir::Location loc, mlir::Type, mlir::ValueRange arguments) -> mlir::Value {
        return mlir::arith::CmpFOp::create(builder, loc, predicate, arguments[0], arguments[1]);
      },
      {left, right});
}
inline Expr equal(Expr left, Expr right) { return compare<mlir::arith::CmpFPredicate::OEQ>("=", left, right); }
inline Expr less(Expr left, Expr right) { return compare<mlir::arith::CmpFPredicate::OLT>("<", left, right); }

/// An integer operand as a float of the result's type.
Expr toFloat(Expr integer);
/// n − 1 for an integer operand, but 0 for 0.
Expr predecessor(Expr integer);

} // namespace theria::rules

#endif // THERIA_DIALECT_RULES_FUNCTIONS_H
