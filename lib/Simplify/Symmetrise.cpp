//===- Symmetrise.cpp - second derivatives are symmetric -------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   vjp (vjp f) (X, Ȳ; u, w) = (X̄̇, Ẏ) of jvp (vjp f) (X, Ȳ; w, u)
//   vjp (jvp f) (X, Ẋ; u, w) = (X̄̇, X̄) of jvp (vjp f) (X, w; Ẋ, u)
//
// Both are the gradient of ⟨u, Y⟩ + ⟨w, J·Ẋ⟩ or ⟨u, Y⟩ + ⟨Ȳ, J·w⟩: forward over reverse takes one reverse sweep where
// reverse over reverse takes two. With the inner derivative taken with respect to W and the outer one to S, the tangent
// runs along W and Ȳ, and the inner derivative is taken again with respect to the arguments whose results are asked
// for.
//
//===----------------------------------------------------------------------===//
#include "lib/Simplify/Simplify.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace theria {

#define GEN_PASS_DEF_SYMMETRISE
#include "lib/Simplify/Passes.h.inc"

namespace {

/// A function that is one derivative of its arguments: `op` takes each argument once and each of its results is
/// returned once, in any order.
struct Wrapper {
  Operation *op;
  SmallVector<unsigned> arguments; ///< by operand of `op`
  SmallVector<unsigned> results;   ///< by returned value: the result of `op`
};

class Symmetry {
public:
  Symmetry(SymbolTable &symbols) : symbols(symbols) {}
  /// Rewrites a derivative of a derivative; returns whether it did.
  bool rewrite(VjpOp op);

private:
  std::optional<Wrapper> wrapperOf(func::FuncOp function);
  bool isDerivedFromBodies(func::FuncOp function);
  func::FuncOp functionOf(FlatSymbolRefAttr name) { return symbols.lookup<func::FuncOp>(name.getAttr()); }
  func::FuncOp vjpWrapper(func::FuncOp function, ArrayRef<int64_t> wrt);
  bool isVjpWrapper(func::FuncOp candidate, func::FuncOp function, ArrayRef<int64_t> wrt);

  SymbolTable &symbols;
};

/// Whether values are those of another list, each once; their positions there.
std::optional<SmallVector<unsigned>> permutation(ValueRange values, ValueRange of) {
  SmallVector<unsigned> positions;
  for (Value value : values) {
    auto found = llvm::find(of, value);
    if (found == of.end() || llvm::is_contained(positions, std::distance(of.begin(), found)))
      return std::nullopt;
    positions.push_back(std::distance(of.begin(), found));
  }
  return positions.size() == of.size() ? std::optional(positions) : std::nullopt;
}

} // namespace

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

std::optional<Wrapper> Symmetry::wrapperOf(func::FuncOp function) {
  if (!function || function.isExternal() || !function.getBody().hasOneBlock())
    return std::nullopt;
  Block &body = function.getBody().front();
  if (!llvm::hasNItems(body, 2) || !isa<JvpOp, VjpOp>(body.front()))
    return std::nullopt;
  Operation *op = &body.front();
  auto arguments = permutation(op->getOperands(), body.getArguments());
  auto results = permutation(body.back().getOperands(), op->getResults());
  if (!arguments || !results)
    return std::nullopt;
  return Wrapper{op, *arguments, *results};
}

/// Whether every function that this one reaches has a body and no rule of its own: the symmetry is one of derivatives,
/// and a declared rule need not be one.
bool Symmetry::isDerivedFromBodies(func::FuncOp function) {
  llvm::SetVector<Operation *> reached;
  reached.insert(function);
  for (size_t next = 0; next < reached.size(); ++next) {
    auto current = dyn_cast<func::FuncOp>(reached[next]);
    if (!current || current.isExternal() || current->hasAttr(jvpRuleName) || current->hasAttr(vjpRuleName))
      return false;
    auto uses = SymbolTable::getSymbolUses(&current.getBody());
    if (!uses)
      return false;
    for (const SymbolTable::SymbolUse &use : *uses) {
      Operation *callee = symbols.lookup(use.getSymbolRef().getRootReference());
      if (!callee)
        return false;
      reached.insert(callee);
    }
  }
  return true;
}

bool Symmetry::isVjpWrapper(func::FuncOp candidate, func::FuncOp function, ArrayRef<int64_t> wrt) {
  std::optional<Wrapper> wrapper = wrapperOf(candidate);
  auto vjp = wrapper ? dyn_cast<VjpOp>(wrapper->op) : VjpOp();
  auto inOrder = [](ArrayRef<unsigned> positions) { return llvm::is_sorted(positions); };
  return vjp && vjp.getCalleeAttr().getAttr() == function.getSymNameAttr() && inOrder(wrapper->arguments) &&
         inOrder(wrapper->results) && !candidate->hasAttr(jvpRuleName) && !candidate->hasAttr(vjpRuleName) &&
         ArrayRef(differentiatedArguments(vjp.getPrimals().getTypes(), vjp.getWrt())) == wrt;
}

/// The function vjp f, found or made.
func::FuncOp Symmetry::vjpWrapper(func::FuncOp function, ArrayRef<int64_t> wrt) {
  for (auto candidate : function->getParentOfType<ModuleOp>().getOps<func::FuncOp>())
    if (isVjpWrapper(candidate, function, wrt))
      return candidate;
  FunctionType type = function.getFunctionType();
  SmallVector<Type> inputs(type.getInputs()), results(type.getResults());
  for (int64_t position : differentiablePositions(type.getResults()))
    inputs.push_back(type.getResult(position));
  for (int64_t position : wrt)
    results.push_back(type.getInput(position));
  OpBuilder builder(function.getContext());
  Location loc = function.getLoc();
  auto wrapper = func::FuncOp::create(builder, loc, (function.getSymName() + ".vjp").str(),
                                      builder.getFunctionType(inputs, results));
  wrapper.setPrivate();
  symbols.insert(wrapper, std::next(Block::iterator(function)));
  Block *body = wrapper.addEntryBlock();
  builder.setInsertionPointToStart(body);
  ValueRange arguments = body->getArguments();
  bool isDefault = ArrayRef(differentiablePositions(type.getInputs())) == wrt;
  auto op = VjpOp::create(builder, loc, results, function.getSymName(), arguments.take_front(type.getNumInputs()),
                          arguments.drop_front(type.getNumInputs()),
                          isDefault ? DenseI64ArrayAttr() : builder.getDenseI64ArrayAttr(wrt));
  func::ReturnOp::create(builder, loc, op.getResults());
  return wrapper;
}

//===----------------------------------------------------------------------===//
// The rewrite
//===----------------------------------------------------------------------===//

namespace {

/// vjp of a derivative of f, seen as if the function between them were inlined: values by the operands and results of
/// the inner derivative.
class Composition {
public:
  Composition(VjpOp outer, const Wrapper &wrapper, func::FuncOp function);
  /// Arguments of f with respect to which the inner derivative is taken anew.
  SmallVector<int64_t> wrt() const;
  void replace(JvpOp derivative, ArrayRef<int64_t> wrt);

  SmallVector<Value> primals;    ///< X
  SmallVector<Value> inner;      ///< Ȳ of an inner vjp, Ẋ of an inner jvp
  SmallVector<Value> ofResults;  ///< u
  SmallVector<Value> ofDerived;  ///< w
  SmallVector<int64_t> innerWrt; ///< W
  bool reverse;                  ///< the inner derivative is a vjp

private:
  Value resultFor(unsigned number, JvpOp derivative, ArrayRef<int64_t> wrt) const;
  Value cotangentFor(unsigned operand, JvpOp derivative, ArrayRef<int64_t> wrt) const;

  VjpOp outer;
  const Wrapper &wrapper;
  FunctionType type;
  SmallVector<int64_t> floats;      ///< the floating-point results of f
  SmallVector<int64_t> outerWrt;    ///< by argument of the function between
  SmallVector<unsigned> operandFor; ///< the inverse of the wrapper's arguments
};

} // namespace

Composition::Composition(VjpOp outer, const Wrapper &wrapper, func::FuncOp function)
    : reverse(isa<VjpOp>(wrapper.op)), outer(outer), wrapper(wrapper), type(function.getFunctionType()) {
  floats = differentiablePositions(type.getResults());
  outerWrt = differentiatedArguments(outer.getPrimals().getTypes(), outer.getWrt());
  std::optional<ArrayRef<int64_t>> wrt = reverse ? cast<VjpOp>(wrapper.op).getWrt() : cast<JvpOp>(wrapper.op).getWrt();
  innerWrt = differentiatedArguments(type.getInputs(), wrt);
  operandFor.resize(wrapper.arguments.size());
  for (auto [operand, argument] : llvm::enumerate(wrapper.arguments)) {
    operandFor[argument] = operand;
    (operand < type.getNumInputs() ? primals : inner).push_back(outer.getPrimals()[argument]);
  }
  SmallVector<Value> byResult(wrapper.results.size());
  auto cotangents = outer.getCotangents();
  unsigned next = 0;
  for (unsigned result : wrapper.results)
    if (isDifferentiable(wrapper.op->getResult(result).getType()))
      byResult[result] = cotangents[next++];
  for (auto [result, cotangent] : llvm::enumerate(byResult))
    if (cotangent)
      (result < type.getNumResults() ? ofResults : ofDerived).push_back(cotangent);
}

SmallVector<int64_t> Composition::wrt() const {
  llvm::SmallSetVector<int64_t, 8> positions;
  for (int64_t argument : outerWrt) {
    unsigned operand = operandFor[argument];
    if (operand < type.getNumInputs())
      positions.insert(operand);
    else if (!reverse)
      positions.insert(innerWrt[operand - type.getNumInputs()]);
  }
  // X̄ itself, where it is used.
  VjpOp op = outer;
  for (auto [number, result] : llvm::enumerate(wrapper.results))
    if (reverse && result >= type.getNumResults() && !op->getResult(number).use_empty())
      positions.insert(innerWrt[result - type.getNumResults()]);
  SmallVector<int64_t> sorted(positions.getArrayRef());
  llvm::sort(sorted);
  return sorted;
}

/// Of jvp (vjp f): Y, X̄, Ẏ, X̄̇.
Value Composition::resultFor(unsigned number, JvpOp derivative, ArrayRef<int64_t> wrt) const {
  if (number < type.getNumResults())
    return derivative->getResult(number);
  unsigned derived = number - type.getNumResults();
  if (!reverse)
    return derivative->getResult(type.getNumResults() + wrt.size() + derived);
  auto at = llvm::find(wrt, innerWrt[derived]);
  return at == wrt.end() ? Value() : derivative->getResult(type.getNumResults() + (at - wrt.begin()));
}

Value Composition::cotangentFor(unsigned operand, JvpOp derivative, ArrayRef<int64_t> wrt) const {
  unsigned tangents = type.getNumResults() + wrt.size();
  if (operand < type.getNumInputs())
    return derivative->getResult(tangents + floats.size() + (llvm::find(wrt, operand) - wrt.begin()));
  unsigned derived = operand - type.getNumInputs();
  if (reverse)
    return derivative->getResult(tangents + derived);
  return derivative->getResult(type.getNumResults() + (llvm::find(wrt, innerWrt[derived]) - wrt.begin()));
}

void Composition::replace(JvpOp derivative, ArrayRef<int64_t> wrt) {
  for (auto [number, result] : llvm::enumerate(wrapper.results))
    if (Value value = resultFor(result, derivative, wrt))
      outer->getResult(number).replaceAllUsesWith(value);
  unsigned first = wrapper.results.size();
  for (auto [number, argument] : llvm::enumerate(outerWrt))
    outer->getResult(first + number).replaceAllUsesWith(cotangentFor(operandFor[argument], derivative, wrt));
  outer.erase();
}

bool Symmetry::rewrite(VjpOp op) {
  func::FuncOp between = functionOf(op.getCalleeAttr());
  std::optional<Wrapper> wrapper = wrapperOf(between);
  if (!wrapper || !isDerivedFromBodies(between))
    return false;
  func::FuncOp function = functionOf(wrapper->op->getAttrOfType<FlatSymbolRefAttr>("callee"));
  Composition composition(op, *wrapper, function);
  SmallVector<int64_t> wrt = composition.wrt(), along(composition.innerWrt);
  if (!composition.reverse && wrt.empty())
    return false;
  // (X, Ȳ; w, u) or (X, w; Ẋ, u).
  SmallVector<Value> primals(composition.primals), tangents;
  llvm::append_range(primals, composition.reverse ? composition.inner : composition.ofDerived);
  llvm::append_range(tangents, composition.reverse ? composition.ofDerived : composition.inner);
  llvm::append_range(tangents, composition.ofResults);
  for (unsigned cotangent = 0; cotangent < composition.ofResults.size(); ++cotangent)
    along.push_back(function.getNumArguments() + cotangent);
  func::FuncOp inner = vjpWrapper(function, wrt);
  SmallVector<Type> results(inner.getResultTypes());
  for (int64_t position : differentiablePositions(inner.getResultTypes()))
    results.push_back(inner.getResultTypes()[position]);
  OpBuilder builder(op);
  auto derivative = JvpOp::create(builder, op.getLoc(), results, inner.getSymName(), primals, tangents,
                                  builder.getDenseI64ArrayAttr(along));
  composition.replace(derivative, wrt);
  return true;
}

namespace {
struct Symmetrise : impl::SymmetriseBase<Symmetrise> {
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    Symmetry symmetry(symbols);
    // A rewrite may make a derivative that another one applies to; each moves a vjp towards f or removes one.
    auto rewriteOne = [&] {
      return getOperation()
          ->walk([&](VjpOp op) { return symmetry.rewrite(op) ? WalkResult::interrupt() : WalkResult::advance(); })
          .wasInterrupted();
    };
    while (rewriteOne())
      ;
  }
};
} // namespace

} // namespace theria
