//===- WrongRules.cpp - rules of calculus that are wrong ------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The first rule that is attached to an operation stays, so these are attached
// before Theria's own.
//
//===----------------------------------------------------------------------===//

#include "dialect/Rules/Functions.h"
#include "dialect/Rules/RuleTable.h"
#include "test/Check/Faults.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace theria;
using namespace theria::rules;

/// A slice's cotangent goes to the start of the tensor, wherever the slice was.
static void transposeToStart(tensor::ExtractSliceOp op, OpBuilder &builder, Cotangents &cotangents) {
  Value zero = createZero(builder, op.getLoc(), op.getSource());
  SmallVector<OpFoldResult> offsets(op.getSourceType().getRank(), builder.getIndexAttr(0));
  cotangents.add(builder, op.getSource(),
                 tensor::InsertSliceOp::create(builder, op.getLoc(), cotangents.of(op.getResult()), zero, offsets,
                                               op.getMixedSizes(), op.getMixedStrides()));
}

template <typename Dialect, void (*attach)(RuleTable &)> static void add(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, Dialect *) {
    RuleTable table(*context);
    attach(table);
  });
}

bool theria::test::addWrongRule(DialectRegistry &registry, StringRef name) {
  using arith::ArithDialect;
  using math::MathDialect;
  if (name == "dropped-term")
    add<ArithDialect, [](RuleTable &table) { table.elementwise<arith::MulFOp, [] { return Partials{b, 0}; }>(); }>(
        registry);
  else if (name == "wrong-sign")
    add<MathDialect, [](RuleTable &table) { table.elementwise<math::CosOp, [] { return Partials{sin(x)}; }>(); }>(
        registry);
  else if (name == "wrong-factor")
    add<MathDialect, [](RuleTable &table) {
      table.elementwise<math::TanhOp, [] { return Partials{1 - 0.999 * y * y}; }>();
    }>(registry);
  else if (name == "detached-tangent")
    add<MathDialect, [](RuleTable &table) { table.inactive<math::ExpOp>(); }>(registry);
  else if (name == "wrong-transpose")
    add<tensor::TensorDialect,
        [](RuleTable &table) { table.linear<tensor::ExtractSliceOp, transposeToStart>("to the start"); }>(registry);
  else
    return false;
  return true;
}
