//===- Activation.h - one call of a function --------------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_ORACLE_ACTIVATION_H
#define THERIA_LIB_ORACLE_ACTIVATION_H

#include "lib/Oracle/Held.h"
#include "lib/Oracle/Rounding.h"
#include "lib/Oracle/Tensor.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

namespace theria::oracle {

/// How a program is evaluated.
struct Setting {
  /// Bits of each significand.
  mpfr_prec_t precision;
  /// How operations round to their types; by default not at all.
  Rounding rounding;
  Held held;
  /// The calls that one stands in.
  unsigned depth = 0;
};

/// The values of one call of a function while its operations are evaluated.
class Activation {
public:
  explicit Activation(const Setting &setting) : setting(setting) {}
  /// What a region inside sees of `outer`, evaluated in another setting.
  Activation(const Activation &outer, const Setting &setting) : setting(setting), values(outer.values) {}

  /// Evaluates a region of one block on its arguments; returns the operands of its terminator, which is not evaluated.
  llvm::FailureOr<Tensors> evaluate(mlir::Region &region, Tensors arguments = {});

  const Tensor &get(mlir::Value value) const { return values.find(value)->second; }
  Tensors get(mlir::ValueRange range) const;
  /// The value, to edit it without a copy where nothing else reads it.
  Tensor take(mlir::Value value, mlir::Operation *reader);
  void set(mlir::Value value, Tensor tensor) { values[value] = std::move(tensor); }
  /// An index, or another integer by its sign.
  int64_t index(mlir::Value value) const;
  /// Sets the results of an operation to what it gave; fails where it did.
  llvm::LogicalResult setResults(mlir::Operation *op, llvm::FailureOr<Tensors> results);
  /// The attribute, or what the value holds.
  int64_t index(mlir::OpFoldResult size) const;
  llvm::SmallVector<int64_t> indices(llvm::ArrayRef<mlir::OpFoldResult> sizes) const;
  /// The static sizes of a type, and values for the others.
  llvm::SmallVector<int64_t> shapeOf(mlir::Type type, mlir::ValueRange sizes) const;

  /// A tensor of what `type` holds; an error at `op` where there is no memory for it.
  llvm::FailureOr<Tensor> create(mlir::Operation *op, mlir::Type type, llvm::ArrayRef<int64_t> shape) const;

  /// How the operation that is being evaluated rounds a result of this type.
  RoundTo rounding(mlir::Type type) const { return setting.rounding.to(type, evaluated); }

  const Setting &setting;

private:
  void roundResults(mlir::Operation *op);

  /// Operations so far.
  uint64_t evaluated = 0;

  llvm::DenseMap<mlir::Value, Tensor> values;
};

/// An error at `op` where a size is negative.
llvm::LogicalResult checkSizes(mlir::Operation *op, llvm::ArrayRef<int64_t> shape);

/// Evaluates one operation and sets its results; says at the operation what went wrong.
using Handler = llvm::LogicalResult (*)(mlir::Operation *op, Activation &activation);

/// The handler of one kind of operation.
template <typename Op, llvm::LogicalResult (*run)(Op, Activation &)>
llvm::LogicalResult handle(mlir::Operation *op, Activation &activation) {
  return run(mlir::cast<Op>(op), activation);
}

/// The bits of an integer or of the elements of a tensor of integers; 64 of index.
unsigned widthOf(mlir::Type type);

/// Null where the operation is none of those.
Handler findControlHandler(mlir::Operation *op);
Handler findElementwiseHandler(mlir::Operation *op);
Handler findTensorHandler(mlir::Operation *op);
Handler findConstantHandler(mlir::Operation *op);
Handler findContractionHandler(mlir::Operation *op);
Handler findIndexingHandler(mlir::Operation *op);
Handler findSdpaHandler(mlir::Operation *op);
Handler findCalculusHandler(mlir::Operation *op);

/// A call, under the function's own rule where it has one and differences are being taken; `caller` is for errors.
llvm::FailureOr<Tensors> call(mlir::func::FuncOp function, Tensors arguments, const Setting &setting,
                              mlir::Operation *caller);
/// The function's body.
llvm::FailureOr<Tensors> callBody(mlir::func::FuncOp function, Tensors arguments, const Setting &setting,
                                  mlir::Operation *caller);

/// Puts `source` where the slice of `op` lies in `target`.
llvm::LogicalResult insertSlice(mlir::OffsetSizeAndStrideOpInterface op, const Tensor &source, Tensor &target,
                                const Activation &activation);

} // namespace theria::oracle

#endif // THERIA_LIB_ORACLE_ACTIVATION_H
