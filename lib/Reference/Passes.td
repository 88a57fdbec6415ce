//===- Passes.td - the reference path -----------------------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_REFERENCE_PASSES
#define THERIA_REFERENCE_PASSES

include "lib/Reference/CheckPasses.td"
include "lib/Reference/LoweringPasses.td"
include "mlir/Pass/PassBase.td"

// What is run, and whether it can be.

def MakeEntry : Pass<"theria-make-entry", "::mlir::ModuleOp"> {
  let summary = "Wrap one function in an entry that takes and returns arrays";
  let description = [{
    Adds the public function `@__theria_entry`, which calls the chosen one. Its
    arguments and results are ranked tensors: a scalar becomes a tensor of rank
    0. Every other function becomes private, so that `symbol-dce` erases what
    the entry does not reach.

    Fails where the function does not exist, has no body, or has an argument or
    result that is neither a scalar nor a ranked tensor of scalars.
  }];
  let options = [Option<"function", "function", "std::string", "",
                        "The function to run; empty: the only public one">];
  let dependentDialects = ["::mlir::func::FuncDialect",
                           "::mlir::tensor::TensorDialect"];
}

def VerifyRunnable : Pass<"theria-verify-runnable", "::mlir::ModuleOp"> {
  let summary = "Refuse what the reference path cannot lower";
  let description = [{
    Accepts func, arith, math, tensor and scf as the language uses them, and
    the operations of theria that have a lowering of their own; everything else
    (a composite or calculus operation left behind, a function without a body,
    an element type that is not an integer, index or float, a static shape whose
    bytes do not fit 63 bits) is an error at its location, the first one
    ends the search. What passes cannot make a later pass fail.
  }];
}

def MangleNames : Pass<"theria-mangle-names", "::mlir::ModuleOp"> {
  let summary = "Keep the names of functions apart from those of C libraries";
  let description = [{
    Prefixes every private function with `theria.`, so that a function called
    `@exp` is not taken for the one in libm.
  }];
}

def StripPairs : Pass<"theria-strip-pairs", "::mlir::ModuleOp"> {
  let summary = "Materialise pair tensors";
  let description = [{
    Drops the encoding `#theria.pair` from every type, and `theria.pair_cast`
    with it: on this path a pair tensor is an array like any other.
  }];
}

#endif // THERIA_REFERENCE_PASSES
