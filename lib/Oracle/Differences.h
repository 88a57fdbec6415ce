//===- Differences.h - derivatives from values alone ------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No rule of differentiation is used here: a derivative is a central difference,
// (f(x + hẋ) − f(x − hẋ)) / 2h, whose error is of order h². Numbers may be as
// long as wanted, so h is made so small, and significands so long, that both
// this error and the digits lost in the subtraction lie below the precision
// asked for. Where the function is not smooth, the result is the mean of the
// two sides.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_ORACLE_DIFFERENCES_H
#define THERIA_LIB_ORACLE_DIFFERENCES_H

#include "lib/Oracle/Activation.h"

namespace theria::oracle {

/// A function of tensors, the arguments where it is differentiated, and in which of them.
struct Point {
  llvm::function_ref<llvm::FailureOr<Tensors>(Tensors arguments, const Setting &setting)> function;
  Tensors arguments;
  llvm::ArrayRef<int64_t> wrt;
  const Setting &setting;
};

/// (Y, Ẏ): the results, then the tangent of each real one.
llvm::FailureOr<Tensors> jvp(const Point &point, llvm::ArrayRef<Tensor> tangents);

/// (Y, X̄): two evaluations for each element of X̄. `cotangents` has one for each real result; none counts as zero.
llvm::FailureOr<Tensors> vjp(const Point &point, llvm::ArrayRef<Tensor> cotangents);

/// X̄̇: the tangents of X̄ with the cotangents held constant.
llvm::FailureOr<Tensors> hvp(const Point &point, llvm::ArrayRef<Tensor> cotangents, llvm::ArrayRef<Tensor> tangents);

} // namespace theria::oracle

#endif // THERIA_LIB_ORACLE_DIFFERENCES_H
