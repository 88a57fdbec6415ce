//===- Expr.h - symbolic partial derivatives --------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A partial derivative of an elementwise operation is written once, as an
// expression in its operands and results, and then read in several ways: it is
// applied to a tangent, asked what it depends on, printed for the
// documentation.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_DIALECT_RULES_EXPR_H
#define THERIA_DIALECT_RULES_EXPR_H

#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>

namespace theria::rules {

enum class ExprKind { Constant, Operand, Result, Negate, Add, Subtract, Multiply, Divide, Select, Call };

/// Emits a call's operation; `type` is that of the differentiated op's result.
using Emitter = mlir::Value (*)(mlir::OpBuilder &builder, mlir::Location loc, mlir::Type type,
                                mlir::ValueRange arguments);

/// An immutable expression; copies share it.
class Expr {
public:
  struct Node;

  /// The constant, whatever the element type and the shape.
  Expr(double constant);
  Expr(ExprKind kind, llvm::ArrayRef<Expr> arguments);
  static Expr leaf(ExprKind kind, unsigned index);
  static Expr call(llvm::StringRef name, Emitter emit, llvm::ArrayRef<Expr> arguments);

  const Node *operator->() const { return node.get(); }
  const Node *get() const { return node.get(); }
  bool isConstant(double constant) const;

  /// Whether an operand or result for which `found` holds occurs.
  bool dependsOn(llvm::function_ref<bool(ExprKind leaf, unsigned index)> found) const;
  /// Writes the expression with these names for operands and results.
  std::string str(llvm::ArrayRef<llvm::StringRef> operands, llvm::ArrayRef<llvm::StringRef> results) const;

private:
  explicit Expr(Node node);
  std::shared_ptr<const Node> node;
};

struct Expr::Node {
  ExprKind kind;
  double constant = 0;
  unsigned index = 0;
  llvm::StringRef name = {};
  Emitter emit = nullptr;
  llvm::SmallVector<Expr, 3> arguments = {};
};

/// Names for the operands and results in a rule: `x` of a unary op, `a`, `b`
/// and `c` of the others, `y` the result (`y1` a second one).
struct Leaf {
  ExprKind kind;
  unsigned index;
  operator Expr() const { return Expr::leaf(kind, index); }
};
inline constexpr Leaf x{ExprKind::Operand, 0};
inline constexpr Leaf a{ExprKind::Operand, 0}, b{ExprKind::Operand, 1}, c{ExprKind::Operand, 2};
inline constexpr Leaf y{ExprKind::Result, 0}, y1{ExprKind::Result, 1};

Expr operator-(const Expr &value);
Expr operator+(const Expr &left, const Expr &right);
Expr operator-(const Expr &left, const Expr &right);
Expr operator*(const Expr &left, const Expr &right);
Expr operator/(const Expr &left, const Expr &right);
/// `yes` where the condition holds, else `no`. Applied to a tangent it selects
/// between products, so that what is not selected contributes nothing, NaN and
/// infinities included.
Expr select(const Expr &condition, const Expr &yes, const Expr &no);

/// For each result, one partial derivative an operand, results outermost.
using Partials = llvm::SmallVector<Expr>;

/// Emits expressions of one operation; a subexpression is emitted once.
class Emission {
public:
  /// `like` is a value of the type and the shape of the op's results.
  Emission(mlir::OpBuilder &builder, mlir::Operation *op, mlir::Value like) : builder(builder), op(op), like(like) {}

  /// Σ partial·tangent over the pairs; null where that is zero.
  mlir::Value combine(llvm::ArrayRef<std::pair<Expr, mlir::Value>> terms);

private:
  /// A value or its negative, so that sums become differences.
  struct Term {
    mlir::Value value;
    bool negative = false;
  };
  Term sum(llvm::ArrayRef<std::pair<Expr, mlir::Value>> terms);
  Term apply(const Expr &partial, mlir::Value tangent);
  Term add(Term left, Term right);
  Term choose(const Expr &condition, Term yes, Term no);
  mlir::Value resolve(Term term);
  mlir::Value resolveOrZero(Term term);
  mlir::Value constant(double value);
  mlir::Value emit(const Expr &expr);
  template <typename Op> mlir::Value binary(mlir::Value l, mlir::Value r);

  mlir::OpBuilder &builder;
  mlir::Operation *op;
  mlir::Value like;
  llvm::DenseMap<const Expr::Node *, mlir::Value> emitted;
};

} // namespace theria::rules

#endif // THERIA_DIALECT_RULES_EXPR_H
