//===- Expr.cpp - building and reading symbolic partial derivatives -------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Rules/Expr.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace theria::rules {

Expr::Expr(Node node) : node(std::make_shared<const Node>(std::move(node))) {}

Expr::Expr(double constant) : Expr(Node{ExprKind::Constant, constant, 0, {}, nullptr, {}}) {}

Expr::Expr(ExprKind kind, ArrayRef<Expr> arguments)
    : Expr(Node{kind, 0, 0, {}, nullptr, SmallVector<Expr, 3>(arguments)}) {}

Expr Expr::leaf(ExprKind kind, unsigned index) { return Expr(Node{kind, 0, index, {}, nullptr, {}}); }

Expr Expr::call(StringRef name, Emitter emit, ArrayRef<Expr> arguments) {
  return Expr(Node{ExprKind::Call, 0, 0, name, emit, SmallVector<Expr, 3>(arguments)});
}

bool Expr::isConstant(double constant) const { return node->kind == ExprKind::Constant && node->constant == constant; }

bool Expr::dependsOn(function_ref<bool(ExprKind leaf, unsigned index)> found) const {
  if (node->kind == ExprKind::Operand || node->kind == ExprKind::Result)
    return found(node->kind, node->index);
  return llvm::any_of(node->arguments, [&](const Expr &argument) { return argument.dependsOn(found); });
}

Expr operator-(const Expr &value) { return Expr(ExprKind::Negate, {value}); }
Expr operator+(const Expr &left, const Expr &right) { return Expr(ExprKind::Add, {left, right}); }
Expr operator-(const Expr &left, const Expr &right) { return Expr(ExprKind::Subtract, {left, right}); }
Expr operator*(const Expr &left, const Expr &right) { return Expr(ExprKind::Multiply, {left, right}); }
Expr operator/(const Expr &left, const Expr &right) { return Expr(ExprKind::Divide, {left, right}); }
Expr select(const Expr &condition, const Expr &yes, const Expr &no) {
  return Expr(ExprKind::Select, {condition, yes, no});
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

namespace {
/// How tightly an expression binds; larger binds tighter.
enum Precedence { Sums = 1, Products, Signs, Atoms };

class Printer {
public:
  Printer(raw_ostream &os, ArrayRef<StringRef> operands, ArrayRef<StringRef> results)
      : os(os), operands(operands), results(results) {}

  void print(const Expr &expr, int minimum) {
    bool parenthesised = precedence(expr) < minimum;
    os << (parenthesised ? "(" : "");
    printBare(expr);
    os << (parenthesised ? ")" : "");
  }

private:
  static int precedence(const Expr &expr) {
    switch (expr->kind) {
    case ExprKind::Add:
    case ExprKind::Subtract:
      return Sums;
    case ExprKind::Multiply:
    case ExprKind::Divide:
      return Products;
    case ExprKind::Negate:
      return Signs;
    case ExprKind::Call:
      return llvm::isAlpha(expr->name.front()) ? Atoms : 0;
    default:
      return Atoms;
    }
  }

  void printInfix(const Expr &expr, StringRef sign, int left, int right) {
    print(expr->arguments[0], left);
    os << ' ' << sign << ' ';
    print(expr->arguments[1], right);
  }

  void printCall(StringRef name, ArrayRef<Expr> arguments) {
    os << name << '(';
    llvm::interleaveComma(arguments, os, [&](const Expr &e) { print(e, 0); });
    os << ')';
  }

  void printBare(const Expr &expr) {
    switch (expr->kind) {
    case ExprKind::Constant:
      os << llvm::format("%.6g", expr->constant);
      return;
    case ExprKind::Operand:
      os << operands[expr->index];
      return;
    case ExprKind::Result:
      os << results[expr->index];
      return;
    case ExprKind::Negate:
      os << '-';
      print(expr->arguments[0], Products);
      return;
    case ExprKind::Add:
      return printInfix(expr, "+", Sums, Sums);
    case ExprKind::Subtract:
      return printInfix(expr, "-", Sums, Products);
    case ExprKind::Multiply:
      return printInfix(expr, "·", Products, Products);
    case ExprKind::Divide:
      return printInfix(expr, "/", Products, Signs);
    case ExprKind::Select:
      return printCall("select", expr->arguments);
    case ExprKind::Call:
      // A comparison is named by its sign.
      return llvm::isAlpha(expr->name.front()) ? printCall(expr->name, expr->arguments)
                                               : printInfix(expr, expr->name, Sums, Sums);
    }
  }

  raw_ostream &os;
  ArrayRef<StringRef> operands, results;
};
} // namespace

std::string Expr::str(ArrayRef<StringRef> operands, ArrayRef<StringRef> results) const {
  std::string text;
  llvm::raw_string_ostream os(text);
  Printer(os, operands, results).print(*this, 0);
  return text;
}

} // namespace theria::rules
