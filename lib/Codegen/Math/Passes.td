//===- Passes.td - elementary functions --------------------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_CODEGEN_MATH_PASSES_TD
#define THERIA_LIB_CODEGEN_MATH_PASSES_TD

include "mlir/Pass/PassBase.td"

def ExpandMath : Pass<"theria-expand-math"> {
  let summary = "elementary functions become arithmetic on whole vectors";
  let description = [{
    Rewrites these operations on f32 and f64, scalars and fixed-size vectors of any shape, to arithmetic, comparisons and
    bit operations without calls or tables: math.exp, exp2, expm1, log, log2, log10, log1p, tanh, sinh, cosh, sin, cos,
    sincos, atan, erf, rsqrt and cbrt; math.powf on f32. docs/Math.md has the largest error of each and how it is
    computed. A lane's result does not depend on the size of the vector or on the other lanes.

    sin and cos of numbers beyond 2^17 (f32) or 2^30 (f64) call libm, lane by lane, in a branch (scf.if) that is taken
    where a vector has one. Every other function of libm on vectors is taken apart into scalars. What is left of the
    math dialect is for convert-math-to-llvm and convert-math-to-libm, as without this pass.

    With `complete`, for targets that have no libm, every function becomes arithmetic: math.tan, asin, acos, atan2, asinh,
    acosh, atanh, erfc, fpowi and ipowi, arith.remf, math.powf on f64, and sin and cos of large numbers too. Remainders
    and powers with integer exponents have a loop (scf.while).

    Runs on any operation, after vectorisation and before scf and vector are lowered; repeated constants are left to
    canonicalize and cse. Denormal numbers are computed as such, so that a flush-to-zero mode must be off.
  }];
  let options = [
    Option<"fma", "fma", "bool", "true",
           "the target has fused multiply-add; without it, errors grow a little, and sin and cos call libm">,
    Option<"complete", "complete", "bool", "false", "leave nothing to libm; needs fma">
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::math::MathDialect", "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

#endif // THERIA_LIB_CODEGEN_MATH_PASSES_TD
