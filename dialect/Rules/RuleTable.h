//===- RuleTable.h - how upstream operations get their rules ----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A table is a function that says the kind of each operation of a dialect, and
// what the kind asks for. Reading it with a context attaches the rules; reading
// it with a list describes them.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_DIALECT_RULES_RULE_TABLE_H
#define THERIA_DIALECT_RULES_RULE_TABLE_H

#include "dialect/Rules/Expr.h"
#include "dialect/Rules/Rules.h"
#include "dialect/Theria.h"

namespace theria::rules {

/// Linearises an elementwise op: the tangent of each result is
/// Σ partial·tangent.
llvm::LogicalResult lineariseElementwise(mlir::Operation *op, const Partials &partials, mlir::OpBuilder &builder,
                                         Tangents &tangents);
/// Transposes an elementwise op: each linear operand gets partial·cotangent.
/// Fails where such a partial depends on what is linear itself, or where the op
/// adds an operand that is not linear.
llvm::LogicalResult transposeElementwise(mlir::Operation *op, const Partials &partials, mlir::OpBuilder &builder,
                                         Cotangents &cotangents);

/// Whether an op of kind Linear is linear in the tangents: every float that it
/// reads vanishes with them, and none of its regions reads a linear one.
bool isLinearInAll(mlir::Operation *op, const Cotangents &cotangents);

template <typename Model, typename Op, RuleKind kind>
struct Rule : DifferentiableOpInterface::ExternalModel<Model, Op> {
  RuleKind getRuleKind(mlir::Operation *) const { return kind; }
  llvm::LogicalResult linearise(mlir::Operation *, mlir::OpBuilder &, Tangents &) const {
    return llvm::success(kind == RuleKind::Inactive);
  }
  llvm::LogicalResult transpose(mlir::Operation *, mlir::OpBuilder &, Cotangents &) const { return llvm::failure(); }
  llvm::LogicalResult decompose(mlir::Operation *, mlir::RewriterBase &) const { return llvm::failure(); }
};

template <typename Op, auto partials>
struct ElementwiseRule : Rule<ElementwiseRule<Op, partials>, Op, RuleKind::Elementwise> {
  llvm::LogicalResult linearise(mlir::Operation *op, mlir::OpBuilder &builder, Tangents &tangents) const {
    return lineariseElementwise(op, partials(), builder, tangents);
  }
  llvm::LogicalResult transpose(mlir::Operation *op, mlir::OpBuilder &builder, Cotangents &cotangents) const {
    return transposeElementwise(op, partials(), builder, cotangents);
  }
};

template <typename Op> using Lineariser = llvm::LogicalResult (*)(Op, mlir::OpBuilder &, Tangents &);
template <typename Op> using Transposer = void (*)(Op, mlir::OpBuilder &, Cotangents &);

/// The op itself on the tangents of its operands.
template <typename Op> llvm::LogicalResult onTangents(Op op, mlir::OpBuilder &builder, Tangents &tangents) {
  return lineariseLinear(op, builder, tangents);
}

template <typename Op, Transposer<Op> transposer, Lineariser<Op> lineariser>
struct LinearModel : Rule<LinearModel<Op, transposer, lineariser>, Op, RuleKind::Linear> {
  llvm::LogicalResult linearise(mlir::Operation *op, mlir::OpBuilder &builder, Tangents &tangents) const {
    return lineariser(mlir::cast<Op>(op), builder, tangents);
  }
  llvm::LogicalResult transpose(mlir::Operation *op, mlir::OpBuilder &builder, Cotangents &cotangents) const {
    if (!isLinearInAll(op, cotangents))
      return llvm::failure();
    transposer(mlir::cast<Op>(op), builder, cotangents);
    return llvm::success();
  }
};

template <typename Op, RuleKind kind> struct PlainRule : Rule<PlainRule<Op, kind>, Op, kind> {};

class RuleTable {
public:
  explicit RuleTable(mlir::MLIRContext &context) : context(&context) {}
  explicit RuleTable(llvm::SmallVectorImpl<RuleDescription> &descriptions) : descriptions(&descriptions) {}

  /// `partials` is a captureless function that returns the op's Partials.
  template <typename Op, auto partials> void elementwise() {
    attach<Op, ElementwiseRule<Op, partials>>();
    if (descriptions)
      describe(Op::getOperationName(), RuleKind::Elementwise, describePartials(partials()));
  }

  /// `transposed` says in a few words what the transpose is.
  template <typename Op, Transposer<Op> transposer, Lineariser<Op> lineariser = onTangents<Op>>
  void linear(llvm::StringRef transposed) {
    attach<Op, LinearModel<Op, transposer, lineariser>>();
    describe(Op::getOperationName(), RuleKind::Linear, "transpose: " + transposed.str());
  }

  /// Derivative zero: locally constant, or not of floats.
  template <typename... Ops> void inactive() { (plain<Ops, RuleKind::Inactive>(), ...); }

  /// The engine enters the op by itself.
  template <typename Op> void structural() { plain<Op, RuleKind::Structural>(); }

  /// A rule that fits no kind's pattern.
  template <typename Op, typename Model> void custom(RuleKind kind, llvm::StringRef description) {
    attach<Op, Model>();
    describe(Op::getOperationName(), kind, description.str());
  }

private:
  template <typename Op, RuleKind kind> void plain() {
    attach<Op, PlainRule<Op, kind>>();
    describe(Op::getOperationName(), kind, "");
  }
  template <typename Op, typename Model> void attach() {
    if (context)
      Op::template attachInterface<Model>(*context);
  }
  void describe(llvm::StringRef op, RuleKind kind, std::string derivative) {
    if (descriptions)
      descriptions->push_back({op, kind, std::move(derivative)});
  }
  static std::string describePartials(const Partials &partials);

  mlir::MLIRContext *context = nullptr;
  llvm::SmallVectorImpl<RuleDescription> *descriptions = nullptr;
};

/// The tables, one a dialect.
void arithRules(RuleTable &table);
void mathRules(RuleTable &table);
void tensorRules(RuleTable &table);
void funcRules(RuleTable &table);

} // namespace theria::rules

#endif // THERIA_DIALECT_RULES_RULE_TABLE_H
