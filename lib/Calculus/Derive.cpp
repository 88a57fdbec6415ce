//===- Derive.cpp - derivatives of a program's functions ------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "theria/Derive.h"

#include "dialect/Theria.h"
#include "mlir/IR/SymbolTable.h"

using namespace mlir;

namespace theria {

static LogicalResult checkPositions(func::FuncOp function, ArrayRef<int64_t> wrt) {
  for (auto [number, position] : llvm::enumerate(wrt)) {
    if (position < 0 || position >= function.getNumArguments())
      return function.emitError() << "expected arguments to differentiate among the " << function.getNumArguments()
                                  << " of '@" << function.getSymName() << "', but found " << position
                                  << "; count arguments from 0";
    if (!isDifferentiable(function.getArgumentTypes()[position]))
      return function.emitError() << "expected a floating-point argument to differentiate, but argument " << position
                                  << " of '@" << function.getSymName() << "' is "
                                  << function.getArgumentTypes()[position] << "; leave it out";
    if (number && wrt[number - 1] >= position)
      return function.emitError()
             << "expected the positions of arguments to differentiate in increasing order, but found " << position
             << " after " << wrt[number - 1] << "; sort them";
  }
  return success();
}

namespace {
/// One step: a function whose body is one calculus operation on another.
class Step {
public:
  Step(func::FuncOp function, ArrayRef<int64_t> wrt) : function(function), wrt(wrt), builder(function.getContext()) {}

  func::FuncOp add(Derivative derivative, SymbolTable &symbols);
  /// Positions to differentiate in the next step: those of this one and every argument that it added.
  SmallVector<int64_t> nextPositions;

private:
  void addTangents(SmallVectorImpl<Type> &types) {
    for (int64_t position : wrt)
      types.push_back(function.getArgumentTypes()[position]);
  }
  void addCotangents(SmallVectorImpl<Type> &types) {
    for (int64_t position : differentiablePositions(function.getResultTypes()))
      types.push_back(function.getResultTypes()[position]);
  }

  func::FuncOp function;
  ArrayRef<int64_t> wrt;
  OpBuilder builder;
};
} // namespace

func::FuncOp Step::add(Derivative derivative, SymbolTable &symbols) {
  bool isJvp = derivative == Derivative::Jvp, isVjp = derivative == Derivative::Vjp;
  SmallVector<Type> inputs(function.getArgumentTypes()), results;
  unsigned numPrimals = inputs.size();
  if (!isJvp)
    addCotangents(inputs);
  unsigned numWithCotangents = inputs.size();
  if (!isVjp)
    addTangents(inputs);
  if (isJvp || isVjp)
    llvm::append_range(results, function.getResultTypes());
  isJvp ? addCotangents(results) : addTangents(results);

  Location loc = function.getLoc();
  StringRef suffix = isJvp ? ".jvp" : isVjp ? ".vjp" : ".hvp";
  auto derived =
      func::FuncOp::create(loc, (function.getSymName() + suffix).str(), builder.getFunctionType(inputs, results));
  symbols.insert(derived);
  Block *body = derived.addEntryBlock();
  builder.setInsertionPointToStart(body);
  ValueRange arguments(body->getArguments());
  ValueRange primals = arguments.take_front(numPrimals), tangents = arguments.drop_front(numWithCotangents);
  ValueRange cotangents = arguments.slice(numPrimals, numWithCotangents - numPrimals);
  auto callee = FlatSymbolRefAttr::get(function.getSymNameAttr());
  DenseI64ArrayAttr positions = builder.getDenseI64ArrayAttr(wrt);
  if (ArrayRef(differentiablePositions(function.getArgumentTypes())) == wrt)
    positions = {};
  Operation *op =
      isJvp   ? JvpOp::create(builder, loc, results, callee, primals, tangents, positions).getOperation()
      : isVjp ? VjpOp::create(builder, loc, results, callee, primals, cotangents, positions).getOperation()
              : HvpOp::create(builder, loc, results, callee, primals, cotangents, tangents, positions).getOperation();
  func::ReturnOp::create(builder, loc, op->getResults());
  nextPositions.assign(wrt.begin(), wrt.end());
  for (unsigned position = numPrimals; position < inputs.size(); ++position)
    nextPositions.push_back(position);
  return derived;
}

FailureOr<func::FuncOp> derive(ModuleOp module, StringRef name, ArrayRef<Derivative> chain,
                               std::optional<ArrayRef<int64_t>> wrt) {
  // A program that has no operation of the language yet gets one here.
  module.getContext()->getOrLoadDialect<TheriaDialect>();
  SymbolTable symbols(module);
  auto function = symbols.lookup<func::FuncOp>(name);
  if (!function)
    return module.emitError() << "expected a function '@" << name
                              << "' to differentiate, but the module has none; name one "
                              << "of its functions";
  SmallVector<int64_t> positions = differentiatedArguments(function.getArgumentTypes(), wrt);
  if (failed(checkPositions(function, positions)))
    return failure();
  for (Derivative derivative : chain) {
    Step step(function, positions);
    function = step.add(derivative, symbols);
    positions = step.nextPositions;
  }
  return function;
}

} // namespace theria
