//===- Oracle.cpp - programs evaluated to as many digits as wanted --------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Oracle/Oracle.h"

#include "dialect/Theria.h"
#include "lib/Oracle/Activation.h"
#include "lib/Oracle/Differences.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace theria::oracle {

FailureOr<Tensors> evaluate(func::FuncOp function, Tensors arguments, unsigned precision, Rounding rounding) {
  return call(function, std::move(arguments), Setting{mpfr_prec_t(precision), rounding, {}, 0}, function);
}

namespace {
/// Evaluates ⟨weights, results⟩.
class Weighing {
public:
  using Weights = ArrayRef<Tensor>;

  FailureOr<Real> weigh(func::FuncOp function, Tensors arguments, Weights weights, const Setting &setting);

private:
  FailureOr<Real> weighDerivative(Operation *op, ArrayRef<Tensor> arguments, Weights weights, const Setting &setting);
  /// The derivative of `value` in `wrt` of the point along `directions`.
  using Value = llvm::function_ref<FailureOr<Real>(Tensors, const Setting &)>;
  static FailureOr<Real> along(Value value, ArrayRef<Tensor> primals, ArrayRef<int64_t> wrt, Weights directions,
                               const Setting &setting);
};
} // namespace

/// The operation whose results a function returns, as they are, of its arguments, as they are; null where it does
/// anything else.
static Operation *findDerivative(func::FuncOp function) {
  if (function.isDeclaration() || function->hasAttr(jvpRuleName) || function->hasAttr(vjpRuleName))
    return nullptr;
  Block &body = function.getBody().front();
  Operation *op = &body.front();
  if (!isa<JvpOp, VjpOp, HvpOp>(op) || op->getNextNode() != body.getTerminator() ||
      !llvm::equal(op->getResults(), body.getTerminator()->getOperands()))
    return nullptr;
  return llvm::all_of(op->getOperands(), llvm::IsaPred<BlockArgument>) ? op : nullptr;
}

Real weigh(ArrayRef<Tensor> results, ArrayRef<Tensor> weights, unsigned precision) {
  Real sum(0, precision), term(precision);
  for (auto [result, weight] : llvm::zip_equal(results, weights)) {
    if (!result.isReal() || !weight)
      continue;
    for (auto [a, b] : llvm::zip_equal(result.reals(), weight.reals())) {
      if (mpfr_inf_p(a.get()))
        continue;
      mpfr_mul(term.get(), a.get(), b.get(), MPFR_RNDN);
      mpfr_add(sum.get(), sum.get(), term.get(), MPFR_RNDN);
    }
  }
  return sum;
}

FailureOr<Real> Weighing::weigh(func::FuncOp function, Tensors arguments, Weights weights, const Setting &setting) {
  if (Operation *op = findDerivative(function))
    return weighDerivative(op, arguments, weights, setting);
  FailureOr<Tensors> results = call(function, std::move(arguments), setting, function);
  if (failed(results))
    return failure();
  return oracle::weigh(*results, weights, setting.precision);
}

FailureOr<Real> Weighing::along(Value value, ArrayRef<Tensor> primals, ArrayRef<int64_t> wrt, Weights directions,
                                const Setting &setting) {
  // A direction that is not given is zero.
  SmallVector<int64_t> moved;
  Tensors tangents;
  for (auto [position, direction] : llvm::zip_equal(wrt, directions))
    if (direction) {
      moved.push_back(position);
      tangents.push_back(direction);
    }
  auto function = [&](Tensors arguments, const Setting &inside) -> FailureOr<Tensors> {
    FailureOr<Real> number = value(std::move(arguments), inside);
    if (failed(number))
      return failure();
    return Tensors{Tensor::of(std::move(*number))};
  };
  FailureOr<Tensors> all = jvp(Point{function, Tensors(primals), moved, setting}, tangents);
  if (failed(all))
    return failure();
  return all->back().reals().front();
}

FailureOr<Real> Weighing::weighDerivative(Operation *op, ArrayRef<Tensor> arguments, Weights weights,
                                          const Setting &setting) {
  auto take = [&](ValueRange operands) {
    return llvm::map_to_vector<6>(
        operands, [&](mlir::Value operand) { return arguments[cast<BlockArgument>(operand).getArgNumber()]; });
  };
  Tensors primals, cotangents, tangents;
  func::FuncOp callee;
  SmallVector<int64_t> wrt;
  llvm::TypeSwitch<Operation *>(op).Case<JvpOp, VjpOp, HvpOp>([&](auto derivative) {
    primals = take(derivative.getPrimals());
    callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(op, derivative.getCalleeAttr());
    wrt = differentiatedArguments(callee.getArgumentTypes(), derivative.getWrt());
  });
  llvm::TypeSwitch<Operation *>(op).Case<VjpOp, HvpOp>([&](auto vjp) { cotangents = take(vjp.getCotangents()); });
  llvm::TypeSwitch<Operation *>(op).Case<JvpOp, HvpOp>([&](auto jvp) { tangents = take(jvp.getTangents()); });

  // One weight for each of the callee's results, from those of its real ones.
  const unsigned numResults = callee.getNumResults();
  auto ofReal = [&](Weights given) {
    Tensors all(numResults);
    for (auto [position, weight] : llvm::zip_equal(differentiablePositions(callee.getResultTypes()), given))
      all[position] = weight;
    return all;
  };
  auto weighCallee = [&](Weights own) {
    return [this, callee, own](Tensors inputs, const Setting &inside) {
      return weigh(callee, std::move(inputs), own, inside);
    };
  };
  if (isa<HvpOp>(op)) {
    const Tensors own = ofReal(cotangents);
    auto slope = [&](Tensors inputs, const Setting &inside) {
      return along(weighCallee(own), inputs, wrt, weights, inside);
    };
    return along(slope, primals, wrt, tangents, setting);
  }
  const Weights rest = weights.drop_front(numResults);
  const Tensors own = ofReal(isa<JvpOp>(op) ? rest : Weights(cotangents));
  FailureOr<Real> value = weigh(callee, primals, weights.take_front(numResults), setting);
  FailureOr<Real> slope = along(weighCallee(own), primals, wrt, isa<JvpOp>(op) ? Weights(tangents) : rest, setting);
  if (failed(value) || failed(slope))
    return failure();
  mpfr_add(value->get(), value->get(), slope->get(), MPFR_RNDN);
  return value;
}

FailureOr<Real> evaluateWeighted(func::FuncOp function, Tensors arguments, ArrayRef<Tensor> weights,
                                 unsigned precision) {
  return Weighing().weigh(function, std::move(arguments), weights, Setting{mpfr_prec_t(precision), {}, {}, 0});
}

} // namespace theria::oracle
