//===- Theria.h - the dialect's operations and attributes -------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_DIALECT_THERIA_H
#define THERIA_DIALECT_THERIA_H

#include "dialect/Differentiation.h"
#include "dialect/Equation.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/TensorEncoding.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialect/TheriaDialect.h.inc"

#include "dialect/TheriaEnums.h.inc"

#include "dialect/DifferentiableOpInterface.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialect/TheriaAttributes.h.inc"

#define GET_OP_CLASSES
#include "dialect/TheriaOps.h.inc"

namespace theria {

/// The mark of a pair tensor's type; null elsewhere.
PairAttr getPair(mlir::Type type);
/// Refuses any encoding but the mark of pair tensors.
llvm::LogicalResult verifyMark(mlir::Operation *op, mlir::RankedTensorType type);

/// Names of the function attributes that declare custom rules.
inline constexpr llvm::StringLiteral jvpRuleName = "theria.jvp";
inline constexpr llvm::StringLiteral vjpRuleName = "theria.vjp";
/// Of the function attribute in which streaming records what it decided: a dictionary.
inline constexpr llvm::StringLiteral reportName = "theria.report";

/// The positions in which a function is differentiated: `wrt`, or every differentiable argument.
llvm::SmallVector<int64_t> differentiatedArguments(mlir::TypeRange arguments,
                                                   std::optional<llvm::ArrayRef<int64_t>> wrt);
/// The type of a custom rule of a function of type `type`: that of jvp f, (X, Ẋ) → (Y, Ẏ), or of vjp f, (X, Ȳ) → (Y,
/// X̄).
mlir::FunctionType getRuleType(mlir::FunctionType type, bool jvp);
/// The positions of the differentiable types.
llvm::SmallVector<int64_t> differentiablePositions(mlir::TypeRange types);

} // namespace theria

#endif // THERIA_DIALECT_THERIA_H
