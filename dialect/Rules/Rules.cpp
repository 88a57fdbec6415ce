//===- Rules.cpp - registering and describing rules -----------------------===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "dialect/Rules/Rules.h"

#include "dialect/Rules/RuleTable.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace theria {

void registerRules(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, arith::ArithDialect *) {
    rules::RuleTable table(*context);
    rules::arithRules(table);
  });
  registry.addExtension(+[](MLIRContext *context, math::MathDialect *) {
    rules::RuleTable table(*context);
    rules::mathRules(table);
  });
  registry.addExtension(+[](MLIRContext *context, tensor::TensorDialect *) {
    rules::RuleTable table(*context);
    rules::tensorRules(table);
  });
  registry.addExtension(+[](MLIRContext *context, func::FuncDialect *) {
    rules::RuleTable table(*context);
    rules::funcRules(table);
  });
}

SmallVector<RuleDescription> describeRules() {
  SmallVector<RuleDescription> descriptions;
  rules::RuleTable table(descriptions);
  for (auto rules : {rules::arithRules, rules::mathRules, rules::tensorRules, rules::funcRules})
    rules(table);
  return descriptions;
}

namespace rules {

void funcRules(RuleTable &table) { table.structural<func::CallOp>(); }

std::string RuleTable::describePartials(const Partials &partials) {
  static constexpr StringRef one[] = {"x"}, several[] = {"a", "b", "c"};
  static constexpr StringRef results[] = {"y", "y1"};
  size_t resultCount = 1;
  for (const Expr &partial : partials)
    partial.dependsOn([&](ExprKind leaf, unsigned index) {
      if (leaf == ExprKind::Result)
        resultCount = std::max<size_t>(resultCount, index + 1);
      return false;
    });
  bool unary = partials.size() == resultCount;
  std::string text;
  for (const Expr &partial : partials)
    text += (text.empty() ? "" : ", ") + partial.str(unary ? ArrayRef(one) : ArrayRef(several), results);
  return text;
}

} // namespace rules
} // namespace theria
