//===- Calculus.cpp - derivatives of functions ----------------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Calculus/Calculus.h"

#include "dialect/Theria.h"
#include "lib/Calculus/Linearise.h"
#include "lib/Calculus/Transpose.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Iterators.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/CSE.h"

using namespace mlir;

namespace theria {

Calculus::Calculus(ModuleOp module) : module(module), symbols(module) {}

Calculus::~Calculus() {
  for (Operation *function : llvm::reverse(added))
    symbols.erase(function);
}

InFlightDiagnostic Calculus::missing(Operation *op, const Twine &message) {
  InFlightDiagnostic diagnostic = emitError(op->getLoc(), message);
  for (const Request &request : llvm::reverse(requests))
    diagnostic.attachNote(request.loc) << request.what;
  return diagnostic;
}

func::FuncOp Calculus::addFunction(Location loc, const Twine &name, FunctionType type) {
  auto function = func::FuncOp::create(loc, name.str(), type);
  function.setPrivate();
  symbols.insert(function);
  added.insert(function);
  return function;
}

static void eraseDead(func::FuncOp function) {
  function.walk<WalkOrder::PostOrder, ReverseIterator>([](Operation *op) {
    if (isOpTriviallyDead(op))
      op->erase();
  });
}

void eraseRedundant(func::FuncOp function) {
  eraseDead(function);
  IRRewriter rewriter(function.getContext());
  DominanceInfo dominance(function);
  eliminateCommonSubExpressions(rewriter, dominance, function);
}

LogicalResult decomposeComposites(Operation *root) {
  IRRewriter rewriter(root->getContext());
  while (true) {
    SmallVector<DifferentiableOpInterface> composites;
    root->walk([&](DifferentiableOpInterface op) {
      if (op.getRuleKind() == RuleKind::Composite)
        composites.push_back(op);
    });
    if (composites.empty())
      return success();
    for (DifferentiableOpInterface op : composites) {
      rewriter.setInsertionPoint(op);
      if (failed(op.decompose(rewriter)))
        return failure();
    }
  }
}

FailureOr<func::FuncOp> Calculus::prepared(func::FuncOp function) {
  if (func::FuncOp known = preparedOf.lookup(function))
    return known;
  if (!function.getBody().hasOneBlock())
    return missing(function,
                   "expected a function of one block to differentiate, but found branches between blocks in '@" +
                       function.getSymName() + "'; write them as scf operations");
  if (failed(expand(function)))
    return failure();
  func::FuncOp copy = function.clone();
  copy.setPrivate();
  symbols.insert(copy);
  added.insert(copy);
  if (failed(decomposeComposites(copy)))
    return failure();
  return preparedOf[function] = copy;
}

Location Calculus::placeOfRequest(func::FuncOp function) const {
  return requests.empty() ? function.getLoc() : requests.back().loc;
}

/// A function that only calls another one, whose rules hold for calls; it stands where the derivative is asked for.
func::FuncOp Calculus::callerOf(func::FuncOp function) {
  Location loc = placeOfRequest(function);
  func::FuncOp caller = addFunction(loc, function.getSymName(), function.getFunctionType());
  OpBuilder builder = OpBuilder::atBlockEnd(caller.addEntryBlock());
  auto call = func::CallOp::create(builder, loc, function, caller.getArguments());
  func::ReturnOp::create(builder, loc, call.getResults());
  return caller;
}

//===----------------------------------------------------------------------===//
// JVP, VJP, HVP
//===----------------------------------------------------------------------===//

static void append(SmallVectorImpl<Type> &types, TypeRange from, ArrayRef<int64_t> positions) {
  for (int64_t position : positions)
    types.push_back(from[position]);
}

/// (X, Ẋ) → Y with the operations of the tangents of Y, which `part` describes.
FailureOr<func::FuncOp> Calculus::linearised(func::FuncOp function, ArrayRef<int64_t> wrt, Purpose purpose,
                                             LinearPart &part) {
  bool hasRules = function->hasAttr(jvpRuleName) || function->hasAttr(vjpRuleName);
  FailureOr<func::FuncOp> source = hasRules || function.isExternal() ? callerOf(function) : prepared(function);
  if (failed(source))
    return failure();
  Location loc = function.getLoc();
  FunctionType type = source->getFunctionType();
  SmallVector<Type> inputs(type.getInputs());
  append(inputs, type.getInputs(), wrt);
  StringRef suffix = purpose == Purpose::Jvp ? ".jvp" : ".vjp";
  func::FuncOp derived =
      addFunction(loc, function.getSymName() + suffix, FunctionType::get(type.getContext(), inputs, type.getResults()));
  Block *block = derived.addEntryBlock();
  OpBuilder builder = OpBuilder::atBlockEnd(block);
  Linearisation linearisation(*this, builder, purpose);
  for (auto [number, position] : llvm::enumerate(wrt))
    linearisation.set(block->getArgument(position), block->getArgument(type.getNumInputs() + number));
  FailureOr<SmallVector<Value>> results =
      linearisation.emit(*source, block->getArguments().take_front(type.getNumInputs()));
  if (failed(results))
    return failure();
  func::ReturnOp::create(builder, loc, *results);
  for (Value result : *results)
    if (isDifferentiable(result.getType()))
      part.tangents.push_back(linearisation.of(result));
  part.shapes = std::move(linearisation.shapes);
  part.zeros = std::move(linearisation.zeros);
  return derived;
}

static void setResults(func::FuncOp function, ValueRange results) {
  function.front().getTerminator()->setOperands(results);
  function.setType(FunctionType::get(function.getContext(), function.front().getArgumentTypes(), results.getTypes()));
}

/// A tangent or cotangent has the sizes of what it belongs to, which the types leave open where they are dynamic.
static void requireSizes(OpBuilder &builder, Location loc, Value primal, Value derivative, const Twine &what) {
  auto type = dyn_cast<RankedTensorType>(primal.getType());
  if (!type)
    return;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    if (!type.isDynamicDim(dim))
      continue;
    Value size = createDim(builder, loc, primal, dim), found = createDim(builder, loc, derivative, dim);
    Value same = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, size, found);
    CheckOp::create(builder, loc, same,
                    builder.getStringAttr("expected " + what + " of size {0} in dim " + Twine(dim) +
                                          ", but found {1}; give it the sizes of what it belongs to"),
                    ValueRange{size, found});
  }
}

FailureOr<func::FuncOp> Calculus::jvp(func::FuncOp function, ArrayRef<int64_t> wrt) {
  LinearPart part;
  FailureOr<func::FuncOp> derived = linearised(function, wrt, Purpose::Jvp, part);
  if (failed(derived))
    return failure();
  Block &block = derived->front();
  OpBuilder builder = OpBuilder::atBlockBegin(&block);
  unsigned numPrimals = block.getNumArguments() - wrt.size();
  for (auto [number, position] : llvm::enumerate(wrt))
    requireSizes(builder, placeOfRequest(*derived), block.getArgument(position), block.getArgument(numPrimals + number),
                 "a tangent of argument " + Twine(position));
  Operation *terminator = block.getTerminator();
  builder.setInsertionPoint(terminator);
  SmallVector<Value> results(terminator->getOperands());
  for (auto [position, tangent] :
       llvm::zip_equal(differentiablePositions(terminator->getOperandTypes()), part.tangents))
    results.push_back(tangent ? tangent : createZero(builder, derived->getLoc(), results[position]));
  setResults(*derived, results);
  eraseRedundant(*derived);
  WalkResult walk = derived->walk([&](TangentCallOp call) {
    missing(call, "expected the jvp of '@" + call.getCallee() +
                      "', but it is missing: the function declares only the rule " + vjpRuleName + "; declare a rule " +
                      jvpRuleName + " beside it, or define the function's body");
    return WalkResult::interrupt();
  });
  if (walk.wasInterrupted())
    return failure();
  return derived;
}

FailureOr<func::FuncOp> Calculus::vjp(func::FuncOp function, ArrayRef<int64_t> wrt) {
  LinearPart part;
  FailureOr<func::FuncOp> derived = linearised(function, wrt, Purpose::Vjp, part);
  if (failed(derived))
    return failure();
  Location loc = derived->getLoc();
  Block &block = derived->front();
  unsigned numPrimals = block.getNumArguments() - wrt.size();
  SmallVector<Value> linearInputs(block.getArguments().drop_front(numPrimals));
  Transposition transposition(*this, block, linearInputs, part);
  OpBuilder builder(block.getTerminator());
  SmallVector<Value> results(block.getTerminator()->getOperands());
  for (auto [position, tangent] :
       llvm::zip_equal(differentiablePositions(ValueRange(results).getTypes()), part.tangents)) {
    Value cotangent = block.addArgument(results[position].getType(), loc);
    requireSizes(builder, placeOfRequest(*derived), results[position], cotangent,
                 "a cotangent of result " + Twine(position));
    if (tangent)
      transposition.add(builder, tangent, cotangent);
  }
  if (failed(transposition.run(builder)))
    return failure();
  for (auto [position, input] : llvm::zip_equal(wrt, linearInputs)) {
    Value cotangent = transposition.of(input);
    results.push_back(cotangent ? cotangent : createZero(builder, loc, block.getArgument(position)));
  }
  block.getTerminator()->setOperands(results);
  if (failed(transposition.erase()))
    return failure();
  block.eraseArguments(numPrimals, wrt.size());
  setResults(*derived, results);
  eraseRedundant(*derived);
  return derived;
}

FailureOr<func::FuncOp> Calculus::hvp(func::FuncOp function, ArrayRef<int64_t> wrt) {
  FailureOr<func::FuncOp> gradient = vjp(function, wrt);
  if (failed(gradient))
    return failure();
  FailureOr<func::FuncOp> derived = jvp(*gradient, wrt);
  if (failed(derived))
    return failure();
  SmallVector<Value> results(derived->front().getTerminator()->getOperands().take_back(wrt.size()));
  setResults(*derived, results);
  eraseRedundant(*derived);
  return derived;
}

FailureOr<SmallVector<std::pair<int64_t, SmallVector<int64_t>>>> Calculus::dependence(func::FuncOp function) {
  SmallVector<std::pair<int64_t, SmallVector<int64_t>>> dependence;
  SmallVector<int64_t> results = differentiablePositions(function.getResultTypes());
  for (int64_t argument : differentiablePositions(function.getArgumentTypes())) {
    LinearPart part;
    if (failed(linearised(function, {argument}, Purpose::Jvp, part)))
      return failure();
    auto &dependent = dependence.emplace_back(argument, SmallVector<int64_t>()).second;
    for (auto [result, tangent] : llvm::zip_equal(results, part.tangents))
      if (tangent)
        dependent.push_back(result);
  }
  return dependence;
}

//===----------------------------------------------------------------------===//
// Expansion
//===----------------------------------------------------------------------===//

LogicalResult Calculus::expandCallees(func::FuncOp function) {
  SmallVector<func::CallOp> calls;
  function.walk([&](func::CallOp call) { calls.push_back(call); });
  for (func::CallOp call : calls)
    if (func::FuncOp callee = lookup(call.getCalleeAttr()); callee && !expanding.contains(callee))
      if (failed(expand(callee)))
        return failure();
  return success();
}

/// Refuses what only a linearisation makes, whose rules hold nowhere else.
LogicalResult Calculus::checkSource(func::FuncOp function) {
  WalkResult walk = function.walk([&](TangentCallOp call) {
    missing(call, "expected a derivative that a program can ask for, but found the tangent of a call, which only a "
                  "linearisation makes; write theria.jvp @" +
                      call.getCallee() + " instead");
    return WalkResult::interrupt();
  });
  return failure(walk.wasInterrupted());
}

static SmallVector<Operation *> derivativesIn(func::FuncOp function) {
  SmallVector<Operation *> derivatives;
  function.walk([&](DifferentiableOpInterface op) {
    if (op.getRuleKind() == RuleKind::Calculus)
      derivatives.push_back(op);
  });
  return derivatives;
}

LogicalResult Calculus::expand(func::FuncOp function) {
  if (expanded.contains(function))
    return success();
  if (!expanding.insert(function).second)
    return missing(function, "expected a derivative that ends, but that of '@" + function.getSymName() +
                                 "' needs itself; break the cycle of derivatives");
  if (failed(checkSource(function)) || failed(expandCallees(function)))
    return failure();
  bool found = false;
  for (SmallVector<Operation *> derivatives = derivativesIn(function); !derivatives.empty();
       derivatives = derivativesIn(function), found = true)
    for (Operation *op : derivatives)
      if (failed(expand(op)))
        return failure();
  if (found)
    eraseRedundant(function);
  expanding.erase(function);
  expanded.insert(function);
  return success();
}

/// The derivative that a calculus operation asks for, as a function.
FailureOr<func::FuncOp> Calculus::derivativeOf(Operation *derivative) {
  StringRef name = derivative->getName().stripDialect();
  auto create = [&](auto op, auto make) -> FailureOr<func::FuncOp> {
    func::FuncOp function = lookup(op.getCalleeAttr());
    Asking asking(*this, op.getLoc(), (name + " of '@" + function.getSymName() + "' asked for here").str());
    std::optional<ArrayRef<int64_t>> wrt = op.getWrt();
    return make(function, differentiatedArguments(function.getArgumentTypes(), wrt));
  };
  if (auto op = dyn_cast<JvpOp>(derivative))
    return create(op, [&](func::FuncOp f, ArrayRef<int64_t> wrt) { return jvp(f, wrt); });
  if (auto op = dyn_cast<VjpOp>(derivative))
    return create(op, [&](func::FuncOp f, ArrayRef<int64_t> wrt) { return vjp(f, wrt); });
  return create(cast<HvpOp>(derivative), [&](func::FuncOp f, ArrayRef<int64_t> wrt) { return hvp(f, wrt); });
}

/// Decomposes an operator's explicit derivative into a function around the operator and a derivative of it.
LogicalResult Calculus::outline(Operation *derivative) {
  IRRewriter rewriter(derivative);
  if (failed(cast<DifferentiableOpInterface>(derivative).decompose(rewriter)))
    return failure();
  for (func::FuncOp function : module.getOps<func::FuncOp>())
    if (!symbols.lookup(function.getSymName())) {
      symbols.insert(function);
      added.insert(function);
    }
  return success();
}

LogicalResult Calculus::expand(Operation *derivative) {
  if (!isa<JvpOp, VjpOp, HvpOp>(derivative))
    return outline(derivative);
  FailureOr<func::FuncOp> function = derivativeOf(derivative);
  if (failed(function))
    return failure();
  OpBuilder builder(derivative);
  IRMapping values;
  values.map(function->getArguments(), derivative->getOperands());
  for (Operation &op : function->front().without_terminator())
    builder.clone(op, values);
  for (auto [result, value] :
       llvm::zip_equal(derivative->getResults(), function->front().getTerminator()->getOperands()))
    result.replaceAllUsesWith(values.lookupOrDefault(value));
  derivative->erase();
  return success();
}

} // namespace theria
