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
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallSet.h"

using namespace mlir;

namespace theria {

#define GEN_PASS_DEF_SYMMETRISE
#include "lib/Simplify/Passes.h.inc"

namespace {

/// A function that is one derivative: `op` takes each argument once, and constants, and returns some of its results,
/// each once, all in any order.
struct Wrapper {
  Operation *op;
  SmallVector<std::optional<unsigned>> arguments; ///< by operand of `op`; none for a constant
  SmallVector<unsigned> results;                  ///< by returned value: the result of `op`
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

/// The positions of the operands of `op` among the arguments of its block, where each argument stands there once and
/// all else is constant.
std::optional<SmallVector<std::optional<unsigned>>> argumentsOf(Operation *op) {
  SmallVector<std::optional<unsigned>> positions;
  llvm::SmallSet<unsigned, 8> taken;
  for (Value operand : op->getOperands()) {
    auto argument = dyn_cast<BlockArgument>(operand);
    if (argument ? !taken.insert(argument.getArgNumber()).second : !matchPattern(operand, m_Constant()))
      return std::nullopt;
    positions.push_back(argument ? std::optional(argument.getArgNumber()) : std::nullopt);
  }
  return taken.size() == op->getBlock()->getNumArguments() ? std::optional(positions) : std::nullopt;
}

/// The results of `op` that its block returns, if each of them once and nothing else.
std::optional<SmallVector<unsigned>> resultsOf(Operation *op) {
  SmallVector<unsigned> positions;
  for (Value value : op->getBlock()->getTerminator()->getOperands()) {
    auto result = dyn_cast<OpResult>(value);
    if (!result || result.getOwner() != op || llvm::is_contained(positions, result.getResultNumber()))
      return std::nullopt;
    positions.push_back(result.getResultNumber());
  }
  return positions;
}

} // namespace

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

std::optional<Wrapper> Symmetry::wrapperOf(func::FuncOp function) {
  if (!function || !function.getBody().hasOneBlock())
    return std::nullopt;
  auto others = llvm::make_filter_range(function.getBody().front().without_terminator(),
                                        [](Operation &op) { return !op.hasTrait<OpTrait::ConstantLike>(); });
  if (!llvm::hasSingleElement(others) || !isa<JvpOp, VjpOp>(*others.begin()))
    return std::nullopt;
  Operation *op = &*others.begin();
  auto arguments = argumentsOf(op);
  auto results = resultsOf(op);
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
  return vjp && vjp.getCalleeAttr().getAttr() == function.getSymNameAttr() &&
         llvm::equal(vjp->getOperands(), candidate.getArguments()) && wrapper->results.size() == vjp->getNumResults() &&
         llvm::is_sorted(wrapper->results) && !candidate->hasAttr(jvpRuleName) && !candidate->hasAttr(vjpRuleName) &&
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
  /// Takes the constants out of the function between.
  void cloneConstants(OpBuilder &builder);
  void replace(JvpOp derivative, ArrayRef<int64_t> wrt);

  SmallVector<Value> primals;  ///< (X, Ȳ) of the inner derivative anew
  SmallVector<Value> tangents; ///< along which it is differentiated
  SmallVector<int64_t> along;  ///< the primals that these are tangents of
  bool reverse;                ///< the inner derivative is a vjp
  bool complete = true;        ///< every cotangent that becomes a primal is there

private:
  void addTangent(int64_t position, Value tangent);
  Value resultFor(unsigned number, JvpOp derivative, ArrayRef<int64_t> wrt) const;
  Value cotangentFor(unsigned operand, JvpOp derivative, ArrayRef<int64_t> wrt) const;

  VjpOp outer;
  const Wrapper &wrapper;
  FunctionType type;
  SmallVector<int64_t> floats;      ///< the floating-point results of f
  SmallVector<int64_t> innerWrt;    ///< W
  SmallVector<int64_t> outerWrt;    ///< by argument of the function between
  SmallVector<unsigned> operandFor; ///< the inverse of the wrapper's arguments
};

} // namespace

Composition::Composition(VjpOp outer, const Wrapper &wrapper, func::FuncOp function)
    : reverse(isa<VjpOp>(wrapper.op)), outer(outer), wrapper(wrapper), type(function.getFunctionType()),
      operandFor(wrapper.arguments.size()) {
  floats = differentiablePositions(type.getResults());
  outerWrt = differentiatedArguments(outer.getPrimals().getTypes(), outer.getWrt());
  std::optional<ArrayRef<int64_t>> wrt = reverse ? cast<VjpOp>(wrapper.op).getWrt() : cast<JvpOp>(wrapper.op).getWrt();
  innerWrt = differentiatedArguments(type.getInputs(), wrt);
  SmallVector<Value> inner; // Ȳ of an inner vjp, Ẋ of an inner jvp.
  for (auto [operand, argument] : llvm::enumerate(wrapper.arguments)) {
    if (argument)
      operandFor[*argument] = operand;
    Value value = argument ? outer.getPrimals()[*argument] : wrapper.op->getOperand(operand);
    (operand < type.getNumInputs() ? primals : inner).push_back(value);
  }
  SmallVector<Value> byResult(wrapper.op->getNumResults()); // u and w, nothing where a result is not returned.
  unsigned next = 0;
  for (unsigned result : wrapper.results)
    if (isDifferentiable(wrapper.op->getResult(result).getType()))
      byResult[result] = outer.getCotangents()[next++];
  ArrayRef<Value> ofDerived = ArrayRef(byResult).drop_front(type.getNumResults());
  llvm::append_range(primals, reverse ? ArrayRef<Value>(inner) : ofDerived);
  complete = !llvm::is_contained(primals, Value());
  for (auto [position, tangent] : llvm::zip_equal(innerWrt, reverse ? ofDerived : ArrayRef<Value>(inner)))
    addTangent(position, tangent);
  for (auto [number, position] : llvm::enumerate(floats))
    addTangent(type.getNumInputs() + number, byResult[position]);
}

void Composition::cloneConstants(OpBuilder &builder) {
  for (SmallVector<Value> *values : {&primals, &tangents})
    for (Value &value : *values)
      if (value.getParentBlock() == wrapper.op->getBlock())
        value = builder.clone(*value.getDefiningOp())->getResult(0);
}

/// A cotangent that is not there is a tangent that is not there.
void Composition::addTangent(int64_t position, Value tangent) {
  if (!tangent)
    return;
  along.push_back(position);
  tangents.push_back(tangent);
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
  SmallVector<int64_t> wrt = composition.wrt();
  if (!composition.complete || composition.along.empty() || (!composition.reverse && wrt.empty()))
    return false;
  func::FuncOp inner = vjpWrapper(function, wrt);
  SmallVector<Type> results(inner.getResultTypes());
  for (int64_t position : differentiablePositions(inner.getResultTypes()))
    results.push_back(inner.getResultTypes()[position]);
  OpBuilder builder(op);
  composition.cloneConstants(builder);
  auto derivative = JvpOp::create(builder, op.getLoc(), results, inner.getSymName(), composition.primals,
                                  composition.tangents, builder.getDenseI64ArrayAttr(composition.along));
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
