//===- Passes.td - algebra that always pays ----------------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_LIB_SIMPLIFY_PASSES_TD
#define THERIA_LIB_SIMPLIFY_PASSES_TD

include "mlir/Pass/PassBase.td"

def Simplify : Pass<"theria-simplify"> {
  let summary = "exact algebra on einsums, zeros and common subexpressions";
  let description = [{
    Rewrites sums of products into equal ones that cost less, removes what is zero, equal to something computed already,
    or unused. Runs on a module or a function. docs/Simplify.md lists the patterns with their formulas.

    What a mask leaves out stays left out: a masked pair contributes nothing, and a row without live pairs gives
    nothing, whatever the operands hold there.
  }];
  let options = [
    Option<"rowConstants", "row-constants", "bool", "true",
           "factors that are constant along a summed label leave the sum; loses digits where a row has a large common "
           "offset">,
    Option<"maxRewrites", "max-rewrites", "int64_t", "0",
           "rewrites in one sweep after which the sweep ends; after ten such sweeps the pass stops with a warning. 0: a "
           "thousand for each operation">
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::tensor::TensorDialect", "::theria::TheriaDialect"];
}

def ResolveSizes : Pass<"theria-resolve-sizes"> {
  let summary = "sizes of results become sizes of operands";
  let description = [{
    `tensor.dim` of a result becomes `tensor.dim` of an operand, as in `theria-simplify`, and nothing else changes. So no
    tensor is there for its size alone.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::tensor::TensorDialect", "::theria::TheriaDialect"];
}

def Symmetrise : Pass<"theria-symmetrise", "::mlir::ModuleOp"> {
  let summary = "reverse over reverse and reverse over forward become forward over reverse";
  let description = [{
    Second derivatives are symmetric, so that

      vjp (vjp f) (X, Ȳ; u, w) = (X̄̇, Ẏ) of jvp (vjp f) (X, Ȳ; w, u),
      vjp (jvp f) (X, Ẋ; u, w) = (X̄̇, X̄) of jvp (vjp f) (X, w; Ẋ, u).

    Rewrites theria.vjp of a function whose body is one theria.vjp or theria.jvp of its arguments; runs before the
    calculus ops are expanded. Functions that reach a custom rule or one without a body are left alone.
  }];
  let dependentDialects = ["::mlir::func::FuncDialect", "::theria::TheriaDialect"];
}

#endif // THERIA_LIB_SIMPLIFY_PASSES_TD
