//===- Differentiation.h - what a differentiation rule sees -----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The kinds of rules and the two maps through which a rule reads and writes tangents and cotangents. Operations of the
// dialect take their kind's part from the traits below; upstream operations from the models of dialect/Rules.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_DIALECT_DIFFERENTIATION_H
#define THERIA_DIALECT_DIFFERENTIATION_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/PatternMatch.h"

namespace theria {

enum class RuleKind {
  Elementwise, ///< partial derivatives, one an operand
  Multilinear, ///< linear in each operand
  Linear,      ///< linear in its differentiable operands together
  Structural,  ///< control flow and calls: the engine enters them
  Composite,   ///< decomposed before it is differentiated
  Inactive,    ///< derivative zero: locally constant, or not of floats
  Custom,      ///< its linearisation is written in the language
  Calculus,    ///< a derivative itself: expanded before it is differentiated
};

llvm::StringRef stringifyRuleKind(RuleKind kind);

/// Tangents by primal value, while a function is linearised.
class Tangents {
public:
  virtual ~Tangents() = default;
  /// The tangent of a value; null stands for zero.
  virtual mlir::Value of(mlir::Value primal) const = 0;
  virtual void set(mlir::Value primal, mlir::Value tangent) = 0;
  /// The tangent of a value as a tensor or scalar, zeros where it is null.
  mlir::Value materialised(mlir::OpBuilder &builder, mlir::Value primal) const;
};

/// Cotangents by linear value, while a linear program is transposed.
class Cotangents {
public:
  virtual ~Cotangents() = default;
  /// The cotangent of a value; null stands for zero.
  virtual mlir::Value of(mlir::Value value) const = 0;
  /// Whether a value is linear in the program's tangents; any other is a constant of the transpose. `tensor.dim` of a
  /// linear value is allowed: the engine finds the size elsewhere.
  virtual bool isLinear(mlir::Value value) const = 0;
  /// Whether a value is known to be zero wherever the tangents are: linear, or zero itself. What stands beside a linear
  /// operand in a sum must be: x + c is not linear in x.
  virtual bool vanishes(mlir::Value value) const = 0;
  /// Adds to the cotangent of a value; ignored where the value is not linear or `cotangent` is null.
  virtual void add(mlir::OpBuilder &builder, mlir::Value value, mlir::Value cotangent) = 0;
};

/// Whether a type is differentiable: a float or a tensor of floats.
bool isDifferentiable(mlir::Type type);

/// A constant of a scalar or tensor type; dynamic dimensions are those of `shapeOf`, a value of that shape.
mlir::Value createConstant(mlir::OpBuilder &builder, mlir::Location loc, double constant, mlir::Type type,
                           mlir::Value shapeOf);
mlir::Value createZero(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value like);
/// The size of a dimension: a constant where the type has it, `tensor.dim` elsewhere.
mlir::Value createDim(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value tensor, int64_t dim);

/// The size of a dimension as the result's operation derives it from its operands, in operations of the language; null
/// where it cannot tell.
mlir::Value reifyDim(mlir::OpBuilder &builder, mlir::OpResult result, int64_t dim);

/// Linearises an op of kind Linear: the op itself on the tangents, zeros where some are null.
llvm::LogicalResult lineariseLinear(mlir::Operation *op, mlir::OpBuilder &builder, Tangents &tangents);

/// What the traits of all kinds share: an op's own declarations hide what it must provide itself.
template <typename Op, template <typename> class Trait, RuleKind Kind>
struct RuleTraitBase : mlir::OpTrait::TraitBase<Op, Trait> {
  static constexpr RuleKind ruleKind = Kind;
  RuleKind getRuleKind() { return Kind; }
  llvm::LogicalResult decompose(mlir::RewriterBase &) { return llvm::failure(); }
};

/// Kinds with a linearisation but no transpose: their results are not linear in any operand.
template <typename Op, template <typename> class Trait, RuleKind Kind>
struct NonlinearRuleTraitBase : RuleTraitBase<Op, Trait, Kind> {
  llvm::LogicalResult linearise(mlir::OpBuilder &, Tangents &) { return llvm::failure(); }
  llvm::LogicalResult transpose(mlir::OpBuilder &, Cotangents &) { return llvm::failure(); }
};

template <typename Op> struct MultilinearRule : RuleTraitBase<Op, MultilinearRule, RuleKind::Multilinear> {};

template <typename Op> struct LinearRule : RuleTraitBase<Op, LinearRule, RuleKind::Linear> {
  llvm::LogicalResult linearise(mlir::OpBuilder &builder, Tangents &tangents) {
    return lineariseLinear(this->getOperation(), builder, tangents);
  }
};

template <typename Op> struct CustomRule : NonlinearRuleTraitBase<Op, CustomRule, RuleKind::Custom> {};
template <typename Op> struct CompositeRule : NonlinearRuleTraitBase<Op, CompositeRule, RuleKind::Composite> {};
template <typename Op> struct CalculusRule : NonlinearRuleTraitBase<Op, CalculusRule, RuleKind::Calculus> {};

template <typename Op> struct InactiveRule : NonlinearRuleTraitBase<Op, InactiveRule, RuleKind::Inactive> {
  llvm::LogicalResult linearise(mlir::OpBuilder &, Tangents &) { return llvm::success(); }
};

} // namespace theria

#endif // THERIA_DIALECT_DIFFERENTIATION_H
