//===- SymbolicSizes.h - sizes as expressions of the arguments' -*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_STREAMING_SYMBOLICSIZES_H
#define THERIA_LIB_STREAMING_SYMBOLICSIZES_H

#include "lib/Streaming/Report.h"

#include "mlir/IR/Builders.h"

namespace theria::streaming {

/// Follows sizes back to constants and to the arguments of the function.
class SymbolicSizes {
public:
  /// New operations that are needed on the way are made by `builder`; `symbols` grows.
  SymbolicSizes(mlir::OpBuilder &builder, llvm::SmallVectorImpl<std::pair<unsigned, unsigned>> &symbols)
      : builder(builder), symbols(symbols) {}

  /// Null where a size can't be followed.
  Quantity of(mlir::OpFoldResult size);
  Quantity constant(int64_t number) { return builder.getAffineConstantExpr(number); }
  /// Null where a factor is.
  Quantity product(llvm::ArrayRef<Quantity> factors);
  Quantity sum(Quantity a, Quantity b) { return a && b ? a + b : Quantity(); }

private:
  Quantity ofValue(mlir::Value value);
  Quantity ofDim(mlir::Value tensor, int64_t dim);

  mlir::OpBuilder &builder;
  llvm::SmallVectorImpl<std::pair<unsigned, unsigned>> &symbols;
};

} // namespace theria::streaming

#endif // THERIA_LIB_STREAMING_SYMBOLICSIZES_H
