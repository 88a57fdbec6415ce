//===- Oracle.h - programs evaluated to as many digits as wanted -*- C++ -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An interpreter of the language that shares no code with what compiles it. It
// takes a program at every stage: as written, with derivatives as differences
// of values; after calculus; simplified; and as tile program. All arithmetic
// is on real numbers: no operation rounds to the type that it is written in.
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_ORACLE_ORACLE_H
#define THERIA_LIB_ORACLE_ORACLE_H

#include "lib/Oracle/Rounding.h"
#include "lib/Oracle/Tensor.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace theria::oracle {

/// Fewer bits would not hold every element of an f64 input.
inline constexpr unsigned smallestPrecision = 53;

/// The results of a function, with significands of `precision` bits. What goes wrong is emitted where it happened.
/// `rounding` lets every operation round to its type instead, of a function without derivatives and attention.
llvm::FailureOr<Tensors> evaluate(mlir::func::FuncOp function, Tensors arguments, unsigned precision,
                                  Rounding rounding = {});

/// Σ weight · element over the finite elements of all real results; no weight counts as zero. A function that is the
/// derivative of another (theria::derive makes such ones) is never evaluated itself: ⟨w, vjp f⟩ and the like are
/// derivatives of ⟨w, f⟩ along directions, so that the price does not grow with the number of elements.
llvm::FailureOr<Real> evaluateWeighted(mlir::func::FuncOp function, Tensors arguments, llvm::ArrayRef<Tensor> weights,
                                       unsigned precision);

/// Σ weight · element over the finite elements.
Real weigh(llvm::ArrayRef<Tensor> results, llvm::ArrayRef<Tensor> weights, unsigned precision);

} // namespace theria::oracle

#endif // THERIA_LIB_ORACLE_ORACLE_H
