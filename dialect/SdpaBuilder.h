//===- SdpaBuilder.h - builder of attention's definition --------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_DIALECT_SDPABUILDER_H
#define THERIA_DIALECT_SDPABUILDER_H

#include "dialect/SdpaClauses.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

namespace theria {

/// Emits the definition of attention. Scores are pair tensors over (b, h, i, j) or, with grouped heads, (b, h, g, i,
/// j), where query head h·G + g reads key head h. Every einsum into or out of pairs carries the mask, so that masked
/// keys and dead rows contribute exactly nothing to any derivative.
class SdpaBuilder {
public:
  SdpaBuilder(mlir::OpBuilder &builder, const SdpaClauses &clauses);
  /// Emits `out` and `lse`.
  mlir::FailureOr<std::pair<mlir::Value, mlir::Value>> build();

private:
  // Shapes.
  void checkHeads();
  mlir::Value dim(mlir::Value tensor, int64_t position) { return createDim(builder, loc, tensor, position); }
  mlir::Value splitHeads(mlir::Value tensor, int64_t headDim);
  mlir::Value mergeHeads(mlir::Value tensor, mlir::RankedTensorType type);
  mlir::Value extend(mlir::Value tensor);
  mlir::Value truncate(mlir::Value tensor, mlir::Type element);
  mlir::RankedTensorType pairType(mlir::Type element);
  mlir::RankedTensorType denseType(llvm::StringRef labels, mlir::Type element);
  mlir::Value sizeOf(char label);
  // Pair values.
  mlir::Value einsum(llvm::ArrayRef<std::string> inputs, const std::string &result, mlir::ValueRange operands,
                     mlir::RankedTensorType type);
  mlir::Value spread(mlir::Value tensor, const std::string &labels);
  mlir::Value spreadPairOperand(mlir::Value tensor);
  mlir::Value constantLike(double value, mlir::Value like) {
    return createConstant(builder, loc, value, like.getType(), like);
  }
  mlir::Value pairConstant(double value);
  mlir::Value coordinate(char label);
  mlir::Value head();
  // Clauses.
  void both(mlir::Value condition);
  mlir::Value compare(mlir::arith::CmpIPredicate predicate, mlir::Value a, mlir::Value b) {
    return mlir::arith::CmpIOp::create(builder, loc, predicate, a, b);
  }
  mlir::Value lengthOr(mlir::Value lengths, char label);
  mlir::Value alignedRow();
  void buildIndexMask();
  llvm::LogicalResult buildMask();
  mlir::Value scaled(mlir::Value scores);
  mlir::FailureOr<mlir::Value> buildScores();
  llvm::SmallVector<mlir::Value> pairDims();

  mlir::OpBuilder &builder;
  mlir::Location loc;
  const SdpaClauses &clauses;
  mlir::Type accumulation;
  bool grouped;
  std::string heads;             ///< "h" or "hg"
  std::string pairs;             ///< "bhij" or "bhgij"
  mlir::Value query, key, value; ///< in the accumulation type, heads split
  mlir::Value live;              ///< the mask, or null where every pair is live
};

} // namespace theria

#endif // THERIA_DIALECT_SDPABUILDER_H
