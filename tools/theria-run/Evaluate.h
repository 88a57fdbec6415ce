//===- Evaluate.h - running a program by the oracle -------------*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_RUN_EVALUATE_H
#define THERIA_RUN_EVALUATE_H

#include "lib/Oracle/Oracle.h"
#include "tools/theria-run/Signature.h"
#include "tools/theria-run/Tensor.h"

namespace theria::run {

/// Has the oracle's numbers end the tool as all else does where there is no memory for them, not by a signal. To be
/// called before there is one.
void checkOracleMemory();

/// The values of a tensor, exactly where `precision` holds them.
oracle::Tensor toOracle(const Tensor &tensor, unsigned precision);

/// Its values rounded once to `elementType`.
llvm::Expected<Tensor> fromOracle(const oracle::Tensor &tensor, mlir::Type elementType);

/// A number with the decimal digits that its precision holds, without trailing zeros.
std::string formatReal(const oracle::Real &number);

/// The results of `function` by the oracle, on as many threads as there are processors (`threads` is 0) or fewer;
/// `rounding` as in oracle::evaluate. Of what is wrong, located diagnostics tell; the error is then empty.
llvm::Expected<oracle::Tensors> evaluate(mlir::func::FuncOp function, llvm::ArrayRef<Tensor> inputs, unsigned precision,
                                         unsigned threads, oracle::Rounding rounding = {});

} // namespace theria::run

#endif // THERIA_RUN_EVALUATE_H
