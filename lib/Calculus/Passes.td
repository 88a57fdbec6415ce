//===- Passes.td - the passes of the calculus --------------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_CALCULUS_PASSES_TD
#define THERIA_CALCULUS_PASSES_TD

include "mlir/Pass/PassBase.td"

def ExpandCalculus : Pass<"theria-expand-calculus", "::mlir::ModuleOp"> {
  let summary = "replaces derivatives of functions by the operations that compute them";
  let description = [{
    Expands `theria.jvp`, `theria.vjp`, `theria.hvp` and the explicit derivatives of composite operations, innermost
    first. A JVP is the linearised function, a VJP the transpose of its linear part, an HVP the JVP of a VJP. Tangents
    and cotangents that are zero are not computed, nor is anything that only an unused result needs. Calls are entered;
    custom rules replace the body of their function.

    A derivative that does not exist is an error at the operation that stops it.
  }];
}

def DropRules : Pass<"theria-drop-rules", "::mlir::ModuleOp"> {
  let summary = "forgets custom rules and theria.stop_gradient, once every derivative is expanded";
  let description = [{
    Removes `theria.jvp` and `theria.vjp` from functions, and replaces `theria.stop_gradient` by its operand. No derivative may be asked for afterwards: a lowering would copy
    the attributes to functions of another kind, and rules that nothing calls would be lowered with the program.
  }];
}

def Decompose : Pass<"theria-decompose", "::mlir::ModuleOp"> {
  let summary = "replaces composite operations by their definitions in the language";
}

def Orders : Pass<"theria-orders", "::mlir::ModuleOp"> {
  let summary = "reports which derivatives of each function exist, and what stops the next one";
  let description = [{
    Prints, for each function of the program, whether its JVP, VJP and HVP and the next orders exist, the reason where one
    does not, and which results do not depend on which arguments. The program itself is left as it is.
  }];
}

#endif // THERIA_CALCULUS_PASSES_TD
