//===- Calculus.cpp - derivatives of functions in the oracle --------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Theria.h"
#include "lib/Oracle/Activation.h"
#include "lib/Oracle/Differences.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace theria::oracle {

//===----------------------------------------------------------------------===//
// Functions with rules of their own
//===----------------------------------------------------------------------===//

namespace {
/// What a function declares instead of its derivative.
struct DeclaredRule {
  explicit DeclaredRule(func::FuncOp function) : function(function) {
    auto find = [&](StringRef name) {
      auto symbol = function->getAttrOfType<FlatSymbolRefAttr>(name);
      return symbol ? SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(function, symbol) : func::FuncOp();
    };
    jvp = find(jvpRuleName);
    vjp = find(vjpRuleName);
  }
  explicit operator bool() { return jvp || vjp; }

  FailureOr<Tensors> primal(const Tensors &arguments, const Setting &setting, Operation *caller);
  /// The tangents of the real results along `directions`, one for each real argument.
  FailureOr<Tensors> tangents(const Tensors &arguments, ArrayRef<Tensor> directions, const Setting &setting,
                              Operation *caller);

  func::FuncOp function, jvp, vjp;

private:
  FailureOr<Tensors> transposed(const Tensors &arguments, ArrayRef<Tensor> directions, const Setting &setting,
                                Operation *caller);
};
} // namespace

static Tensor zerosLike(const Tensor &tensor, mpfr_prec_t precision) {
  Tensor zeros = Tensor::ofReals(tensor.getShape(), precision);
  for (Real &element : zeros.editReals())
    mpfr_set_zero(element.get(), 1);
  return zeros;
}

static Tensors realOnes(ArrayRef<Tensor> tensors) {
  return Tensors(llvm::make_filter_range(tensors, [](const Tensor &tensor) { return tensor.isReal(); }));
}

/// A rule is evaluated as it stands: around it, nothing else is held.
static Setting ruleSetting(const Setting &setting) {
  Setting inside = setting;
  inside.held = {};
  inside.held.isInRule = setting.held.order > 1;
  return inside;
}

FailureOr<Tensors> DeclaredRule::primal(const Tensors &arguments, const Setting &setting, Operation *caller) {
  if (!function.isDeclaration())
    return callBody(function, arguments, setting, caller);
  if (!jvp)
    return caller->emitError() << "expected a function with a body or a JVP rule, but found @" << function.getSymName()
                               << ", of which the oracle would have to guess the results; give it one";
  Tensors inputs = arguments;
  for (const Tensor &argument : realOnes(arguments))
    inputs.push_back(zerosLike(argument, setting.precision));
  FailureOr<Tensors> all = callBody(jvp, std::move(inputs), ruleSetting(setting), caller);
  if (failed(all))
    return failure();
  return Tensors(ArrayRef(*all).take_front(function.getNumResults()));
}

/// The tangents from a VJP: each element is the inner product of its gradient and the directions.
FailureOr<Tensors> DeclaredRule::transposed(const Tensors &arguments, ArrayRef<Tensor> directions,
                                            const Setting &setting, Operation *caller) {
  FailureOr<Tensors> results = primal(arguments, setting, caller);
  if (failed(results))
    return failure();
  Tensors cotangents, tangents;
  for (const Tensor &result : realOnes(*results))
    cotangents.push_back(zerosLike(result, setting.precision));
  tangents = cotangents;
  Real term(setting.precision);
  for (auto [number, tangent] : llvm::enumerate(tangents)) {
    for (auto [element, total] : llvm::enumerate(tangent.editReals())) {
      Tensors inputs = arguments;
      llvm::append_range(inputs, cotangents);
      mpfr_set_ui(inputs[arguments.size() + number].editReals()[element].get(), 1, MPFR_RNDN);
      FailureOr<Tensors> all = callBody(vjp, std::move(inputs), ruleSetting(setting), caller);
      if (failed(all))
        return failure();
      for (auto [gradient, direction] : llvm::zip_equal(ArrayRef(*all).take_back(directions.size()), directions))
        for (auto [a, b] : llvm::zip_equal(gradient.reals(), direction.reals())) {
          mpfr_mul(term.get(), a.get(), b.get(), MPFR_RNDN);
          mpfr_add(total.get(), total.get(), term.get(), MPFR_RNDN);
        }
    }
  }
  return tangents;
}

FailureOr<Tensors> DeclaredRule::tangents(const Tensors &arguments, ArrayRef<Tensor> directions, const Setting &setting,
                                          Operation *caller) {
  if (!jvp)
    return transposed(arguments, directions, setting, caller);
  Tensors inputs = arguments;
  llvm::append_range(inputs, directions);
  FailureOr<Tensors> all = callBody(jvp, std::move(inputs), ruleSetting(setting), caller);
  if (failed(all))
    return failure();
  return Tensors(ArrayRef(*all).drop_front(function.getNumResults()));
}

/// Adds the tangents to the real ones of `results`.
static void add(Tensors &results, ArrayRef<Tensor> tangents) {
  for (Tensor &result : results) {
    if (!result.isReal())
      continue;
    for (auto [total, tangent] : llvm::zip_equal(result.editReals(), tangents.front().reals()))
      mpfr_add(total.get(), total.get(), tangent.get(), MPFR_RNDN);
    tangents = tangents.drop_front();
  }
}

/// A difference of a function with a rule is one of the straight line through the point that the rule gives.
FailureOr<Tensors> call(func::FuncOp function, Tensors arguments, const Setting &setting, Operation *caller) {
  DeclaredRule rule(function);
  if (setting.held.isInRule && rule)
    return caller->emitError() << "expected a rule without calls of functions with rules where it is differentiated "
                                  "again, but found one of @"
                               << function.getSymName() << "; check lower orders, or without the oracle";
  if (!rule || !setting.held.isDifferencing())
    return callBody(function, std::move(arguments), setting, caller);
  FailureOr<Tensors> results;
  if (!setting.held.replay) {
    results = rule.primal(arguments, setting, caller);
    if (failed(results))
      return failure();
  } else {
    const HeldValues &point = setting.held.replay->next();
    Tensors directions;
    for (auto [moved, there] : llvm::zip_equal(realOnes(arguments), realOnes(point.operands))) {
      Tensor direction = zerosLike(moved, setting.precision);
      for (auto [target, a, b] : llvm::zip_equal(direction.editReals(), moved.reals(), there.reals()))
        mpfr_sub(target.get(), a.get(), b.get(), MPFR_RNDN);
      directions.push_back(std::move(direction));
    }
    FailureOr<Tensors> tangents = rule.tangents(point.operands, directions, setting, caller);
    if (failed(tangents))
      return failure();
    // What the function passed on has only the digits of the argument, too few for a difference.
    results =
        llvm::map_to_vector(point.results, [&](const Tensor &result) { return result.rounded(setting.precision); });
    add(*results, *tangents);
  }
  setting.held.record(arguments, *results);
  return results;
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

static LogicalResult evaluateDerivative(Operation *op, Activation &activation) {
  ValueRange primals, cotangents, tangents;
  func::FuncOp callee;
  SmallVector<int64_t> wrt;
  llvm::TypeSwitch<Operation *>(op).Case<JvpOp, VjpOp, HvpOp>([&](auto derivative) {
    primals = derivative.getPrimals();
    callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(op, derivative.getCalleeAttr());
    wrt = differentiatedArguments(callee.getArgumentTypes(), derivative.getWrt());
  });
  llvm::TypeSwitch<Operation *>(op).Case<VjpOp, HvpOp>([&](auto vjp) { cotangents = vjp.getCotangents(); });
  llvm::TypeSwitch<Operation *>(op).Case<JvpOp, HvpOp>([&](auto jvp) { tangents = jvp.getTangents(); });
  auto function = [&](Tensors inputs, const Setting &setting) { return call(callee, std::move(inputs), setting, op); };
  const Point point{function, activation.get(primals), wrt, activation.setting};
  FailureOr<Tensors> results = isa<JvpOp>(op)   ? jvp(point, activation.get(tangents))
                               : isa<VjpOp>(op) ? vjp(point, activation.get(cotangents))
                                                : hvp(point, activation.get(cotangents), activation.get(tangents));
  return activation.setResults(op, std::move(results));
}

Handler findCalculusHandler(Operation *op) { return isa<JvpOp, VjpOp, HvpOp>(op) ? evaluateDerivative : nullptr; }

} // namespace theria::oracle
