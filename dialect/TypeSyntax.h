//===- TypeSyntax.h - the types of masked operations in text ----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Custom directives of the assembly format: operand types in written order, the mask's last, `sizes` without a type.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_DIALECT_TYPESYNTAX_H
#define THERIA_DIALECT_TYPESYNTAX_H

#include "mlir/IR/OpImplementation.h"

namespace theria {

using OptionalOperand = std::optional<mlir::OpAsmParser::UnresolvedOperand>;

/// `(inputs…, mask) -> result`
mlir::ParseResult parseMaskedTypes(mlir::OpAsmParser &parser, llvm::SmallVectorImpl<mlir::Type> &inputs,
                                   const OptionalOperand &maskOperand, mlir::Type &mask, mlir::Type &result);
void printMaskedTypes(mlir::OpAsmPrinter &printer, mlir::Operation *op, mlir::TypeRange inputs, mlir::Value maskOperand,
                      mlir::Type mask, mlir::Type result);
mlir::ParseResult parseMaskedTypes(mlir::OpAsmParser &parser, mlir::Type &input, const OptionalOperand &maskOperand,
                                   mlir::Type &mask, mlir::Type &result);
void printMaskedTypes(mlir::OpAsmPrinter &printer, mlir::Operation *op, mlir::Type input, mlir::Value maskOperand,
                      mlir::Type mask, mlir::Type result);

/// `(table, indices…, mask) -> result`
mlir::ParseResult parseGatherTypes(mlir::OpAsmParser &parser, mlir::Type &table,
                                   llvm::SmallVectorImpl<mlir::Type> &indices, const OptionalOperand &maskOperand,
                                   mlir::Type &mask, mlir::Type &result);
void printGatherTypes(mlir::OpAsmPrinter &printer, mlir::Operation *op, mlir::Type table, mlir::TypeRange indices,
                      mlir::Value maskOperand, mlir::Type mask, mlir::Type result);

} // namespace theria

#endif // THERIA_DIALECT_TYPESYNTAX_H
