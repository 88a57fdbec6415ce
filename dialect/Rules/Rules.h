//===- Rules.h - differentiation rules of upstream operations ---*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_DIALECT_RULES_RULES_H
#define THERIA_DIALECT_RULES_RULES_H

#include "dialect/Differentiation.h"
#include "llvm/ADT/SmallVector.h"
#include <string>

namespace theria {

/// Lets the operations of arith, math, tensor and func implement
/// DifferentiableOpInterface as soon as their dialect is loaded.
void registerRules(mlir::DialectRegistry &registry);

/// A rule as the documentation lists it.
struct RuleDescription {
  llvm::StringRef op;
  RuleKind kind;
  /// The partial derivatives of an elementwise op, the transpose of a linear
  /// one; empty where the kind says all.
  std::string derivative;
};

/// Every rule that registerRules registers, in the order of the tables.
llvm::SmallVector<RuleDescription> describeRules();

} // namespace theria

#endif // THERIA_DIALECT_RULES_RULES_H
