//===- SdpaClauses.h - one view of the four sdpa operations -----*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_DIALECT_SDPACLAUSES_H
#define THERIA_DIALECT_SDPACLAUSES_H

#include "dialect/Theria.h"

namespace theria {

/// The operands and clauses that sdpa, sdpa_jvp, sdpa_vjp and sdpa_hvp share.
struct SdpaClauses {
  template <typename Op>
  explicit SdpaClauses(Op op)
      : op(op), query(op.getQuery()), key(op.getKey()), value(op.getValue()), scale(op.getScale()), bias(op.getBias()),
        mask(op.getMask()), queryLengths(op.getQueryLengths()), keyLengths(op.getKeyLengths()),
        scoreCaptures(op.getScoreCaptures()), whereCaptures(op.getWhereCaptures()), scaleValue(op.getScaleValueAttr()),
        softcap(op.getSoftcapAttr()), causal(op.getCausal()), window(op.getWindow()), score(&op.getScore()),
        where(&op.getWhere()) {}

  mlir::RankedTensorType type(mlir::Value tensor) const { return mlir::cast<mlir::RankedTensorType>(tensor.getType()); }
  /// f64 for f64, else f32.
  mlir::Type accumulationType() const;
  /// Every operand of the operator itself, in the order of sdpa's operands.
  llvm::SmallVector<mlir::Value> allOperands() const;
  /// X of the operator's derivatives: query, key, value, then scale, bias and captured floats where present.
  llvm::SmallVector<mlir::Value> differentiableOperands() const;

  /// The types of `out` and `lse`.
  std::pair<mlir::RankedTensorType, mlir::RankedTensorType> resultTypes() const;

  mlir::Operation *op;
  mlir::Value query, key, value, scale, bias, mask, queryLengths, keyLengths;
  mlir::ValueRange scoreCaptures, whereCaptures;
  mlir::FloatAttr scaleValue, softcap;
  std::optional<Causal> causal;
  std::optional<llvm::ArrayRef<int64_t>> window;
  mlir::Region *score, *where;
};

llvm::LogicalResult verifySdpa(const SdpaClauses &clauses, mlir::Value out, mlir::Value lse);

mlir::ParseResult parseSdpa(mlir::OpAsmParser &parser, mlir::OperationState &state, bool cotangents, bool tangents);
void printSdpa(mlir::OpAsmPrinter &printer, const SdpaClauses &clauses, std::optional<mlir::ValueRange> cotangents,
               std::optional<mlir::ValueRange> tangents);

/// Names `out` and `lse` and their tangents, and the coordinates of the regions, as the documentation does.
void nameSdpaResults(mlir::Operation *op, llvm::ArrayRef<llvm::StringRef> names, mlir::OpAsmSetValueNameFn setName);
void nameSdpaArguments(mlir::Region &region, bool score, mlir::OpAsmSetValueNameFn setName);

/// Emits a region of scalar operations on whole tensors of type `shape` (its element type is ignored). Arguments are
/// mapped to tensors of that shape or, for captured values, to themselves. Captured floats enter the tensors by
/// broadcasts under `mask`, so that their cotangents are summed under it. Returns the yielded tensor.
mlir::FailureOr<mlir::Value> emitElementwise(mlir::OpBuilder &builder, mlir::Region &region, mlir::ValueRange arguments,
                                             mlir::RankedTensorType shape, mlir::Value mask,
                                             llvm::ArrayRef<mlir::Value> dims);

} // namespace theria

#endif // THERIA_DIALECT_SDPACLAUSES_H
