//===- CheckPasses.td - run-time checks --------------------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_REFERENCE_CHECK_PASSES
#define THERIA_REFERENCE_CHECK_PASSES

include "mlir/Pass/PassBase.td"

def CheckLanguage : Pass<"theria-check-language", "::mlir::func::FuncOp"> {
  let summary = "Check the sizes and indices that theria's operations rely on";
  let description = [{
    Inserts `theria.check` before every operation of the language whose dynamic
    sizes must agree: the dims of an einsum that share a label, a mask and what
    it masks, indices and the tensors that they index, the operands of an sdpa.
  }];
  let dependentDialects = ["::theria::TheriaDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::tensor::TensorDialect"];
}

def CheckTensors : Pass<"theria-check-tensors", "::mlir::func::FuncOp"> {
  let summary = "Check sizes, slices and indices of upstream operations";
  let description = [{
    Inserts `theria.check` before elementwise operations on dynamic shapes
    (which must be equal), before the tensor operations that slice, index, cast
    or reshape, and before an `scf.for` whose step may not be positive.
  }];
  let options = [Option<"elements", "elements", "bool", "true",
                        "Check tensor.extract, which a region of sdpa may hold, but no check">];
  let dependentDialects = ["::theria::TheriaDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::tensor::TensorDialect"];
}

def CheckIntegers : Pass<"theria-check-integers", "::mlir::func::FuncOp"> {
  let summary = "Check integer division";
  let description = [{
    Inserts `theria.check` before scalar integer divisions and remainders: by
    zero, and of the smallest integer by -1. Runs where elementwise operations
    have become loops' bodies, so that each element is checked.
  }];
  let dependentDialects = ["::theria::TheriaDialect",
                           "::mlir::arith::ArithDialect"];
}

def CheckAllocations : Pass<"theria-check-allocations", "::mlir::func::FuncOp"> {
  let summary = "Check the sizes of arrays before they are allocated";
  let description = [{
    Inserts `theria.check` before every `memref.alloc` of dynamic shape: no size
    is negative and the bytes fit 63 bits. Where one of the same sizes is
    certain to have come before, that has been checked.
  }];
  let dependentDialects = ["::theria::TheriaDialect",
                           "::mlir::arith::ArithDialect"];
}

def CheckRecursion : Pass<"theria-check-recursion", "::mlir::ModuleOp"> {
  let summary = "Check that the stack suffices for functions that call themselves";
  let description = [{
    Inserts `theria.check` of the runtime's `theria_has_stack` at the start of
    every function that calls itself, by way of others too.
  }];
  let dependentDialects = ["::theria::TheriaDialect",
                           "::mlir::func::FuncDialect"];
}

def LowerChecks : Pass<"theria-lower-checks", "::mlir::ModuleOp"> {
  let summary = "Lower theria.check to a branch that records the error";
  let description = [{
    Splits the block at each `theria.check`. Where the condition is false,
    control calls `theria_fail` with the message, prefixed by the location, and
    returns from the function. Runs on functions without structured control
    flow.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::cf::ControlFlowDialect",
                           "::mlir::LLVM::LLVMDialect",
                           "::mlir::ub::UBDialect"];
}

def PropagateFailures : Pass<"theria-propagate-failures", "::mlir::ModuleOp"> {
  let summary = "Return after a call that failed";
  let description = [{
    On the LLVM dialect: after each call of a function that may record an error,
    asks `theria_failed` and returns where it did; after each allocation,
    records that memory is exhausted where the result is null, and returns.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

#endif // THERIA_REFERENCE_CHECK_PASSES
