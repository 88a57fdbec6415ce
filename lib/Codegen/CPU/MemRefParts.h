//===- MemRefParts.h - arrays as what their types leave open ----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_CPU_MEMREFPARTS_H
#define THERIA_LIB_CODEGEN_CPU_MEMREFPARTS_H

#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/IR/Builders.h"

namespace theria::cpu {

/// Hands arrays from one function to another as what their types leave open: a
/// pointer to the first element, then sizes and strides that are not known. A
/// whole descriptor would be as many words again as there are dimensions, each
/// stored and loaded. The receiver must not free the array.
class MemRefParts {
public:
  explicit MemRefParts(mlir::MLIRContext *context) : converter(context) {}

  /// The types of the parts of a value; of one that is no memref, its own as LLVM has it.
  llvm::SmallVector<mlir::Type> types(mlir::Type type) const;
  /// The parts of a value.
  llvm::SmallVector<mlir::Value> split(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value) const;
  /// The value of `type` that has these parts.
  mlir::Value join(mlir::OpBuilder &b, mlir::Location loc, mlir::Type type, mlir::ValueRange parts) const;
  /// The type of an array once it is joined, where nothing else asks for one: it starts at its first element.
  static mlir::Type withoutOffset(mlir::Type type);

private:
  mlir::LLVMTypeConverter converter;
};

} // namespace theria::cpu

#endif // THERIA_LIB_CODEGEN_CPU_MEMREFPARTS_H
