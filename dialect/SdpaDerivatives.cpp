//===- SdpaDerivatives.cpp - the explicit derivatives, by calculus ops ----===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// sdpa_jvp, sdpa_vjp and sdpa_hvp name derivatives and hold no formula: each becomes a function around sdpa and one
// calculus operation on it.
//
//===----------------------------------------------------------------------===//

#include "dialect/SdpaClauses.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace theria {

/// A private function of all operands that returns `out` and `lse`.
template <typename Op> static func::FuncOp outline(Op op, const SdpaClauses &clauses, RewriterBase &rewriter) {
  OpBuilder::InsertionGuard guard(rewriter);
  Operation *module = SymbolTable::getNearestSymbolTable(op);
  SmallVector<Value> operands = clauses.allOperands();
  auto [out, lse] = clauses.resultTypes();
  auto type = rewriter.getFunctionType(ValueRange(operands).getTypes(), {out, lse});
  auto function = func::FuncOp::create(op.getLoc(), "sdpa", type);
  function.setPrivate();
  SymbolTable(module).insert(function);

  Block *body = function.addEntryBlock();
  rewriter.setInsertionPointToStart(body);
  IRMapping values;
  SmallVector<Value> scoreCaptures, whereCaptures;
  unsigned next = 3;
  auto argument = [&](Value operand) { return operand ? Value(body->getArgument(next++)) : Value(); };
  Value scale = argument(clauses.scale), bias = argument(clauses.bias), mask = argument(clauses.mask);
  Value queryLengths = argument(clauses.queryLengths), keyLengths = argument(clauses.keyLengths);
  for (Value capture : clauses.scoreCaptures)
    scoreCaptures.push_back(argument(capture));
  for (Value capture : clauses.whereCaptures)
    whereCaptures.push_back(argument(capture));
  auto sdpa =
      SdpaOp::create(rewriter, op.getLoc(), out, lse, body->getArgument(0), body->getArgument(1), body->getArgument(2),
                     scale, bias, mask, queryLengths, keyLengths, scoreCaptures, whereCaptures, op.getScaleValueAttr(),
                     op.getCausalAttr(), op.getWindowAttr(), op.getSoftcapAttr());
  op.getScore().cloneInto(&sdpa.getScore(), values);
  op.getWhere().cloneInto(&sdpa.getWhere(), values);
  func::ReturnOp::create(rewriter, op.getLoc(), sdpa.getResults());
  return function;
}

/// The cotangents of `out` and `lse`; one that is not given is zero.
static SmallVector<Value> resultCotangents(ValueRange given, const SdpaClauses &clauses, RewriterBase &rewriter) {
  SmallVector<Value> cotangents(given);
  if (cotangents.size() == 1)
    cotangents.push_back(
        createConstant(rewriter, clauses.op->getLoc(), 0, clauses.resultTypes().second, clauses.query));
  return cotangents;
}

LogicalResult SdpaJvpOp::decompose(RewriterBase &rewriter) {
  SdpaClauses clauses(*this);
  func::FuncOp function = outline(*this, clauses, rewriter);
  rewriter.replaceOpWithNewOp<JvpOp>(*this, getResultTypes(), FlatSymbolRefAttr::get(function.getSymNameAttr()),
                                     clauses.allOperands(), getTangents(), DenseI64ArrayAttr());
  return success();
}

LogicalResult SdpaVjpOp::decompose(RewriterBase &rewriter) {
  SdpaClauses clauses(*this);
  func::FuncOp function = outline(*this, clauses, rewriter);
  rewriter.replaceOpWithNewOp<VjpOp>(*this, getResultTypes(), FlatSymbolRefAttr::get(function.getSymNameAttr()),
                                     clauses.allOperands(), resultCotangents(getCotangents(), clauses, rewriter),
                                     DenseI64ArrayAttr());
  return success();
}

LogicalResult SdpaHvpOp::decompose(RewriterBase &rewriter) {
  SdpaClauses clauses(*this);
  func::FuncOp function = outline(*this, clauses, rewriter);
  rewriter.replaceOpWithNewOp<HvpOp>(*this, getResultTypes(), FlatSymbolRefAttr::get(function.getSymNameAttr()),
                                     clauses.allOperands(), resultCotangents(getCotangents(), clauses, rewriter),
                                     getTangents(), DenseI64ArrayAttr());
  return success();
}

} // namespace theria
