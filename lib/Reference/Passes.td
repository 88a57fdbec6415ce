//===- Passes.td - the reference path -----------------------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_REFERENCE_PASSES
#define THERIA_REFERENCE_PASSES

include "mlir/Pass/PassBase.td"

//===----------------------------------------------------------------------===//
// Before the lowering: what is run, and whether it can be
//===----------------------------------------------------------------------===//

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
    bytes do not fit 63 bits) is an error at its location. What passes cannot
    make a later pass fail.
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

//===----------------------------------------------------------------------===//
// Run-time checks
//===----------------------------------------------------------------------===//

def CheckLanguage : Pass<"theria-check-language", "::mlir::func::FuncOp"> {
  let summary = "Check the sizes and indices that theria's operations rely on";
  let description = [{
    Inserts `theria.check` before every operation of the language whose dynamic
    sizes must agree: the dims of an einsum that share a label, a mask and what
    it masks, indices and the tensors that they index.
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
    is negative and the bytes fit 63 bits.
  }];
  let dependentDialects = ["::theria::TheriaDialect",
                           "::mlir::arith::ArithDialect"];
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

//===----------------------------------------------------------------------===//
// The lowering
//===----------------------------------------------------------------------===//

def LowerEinsum : Pass<"theria-lower-einsum", "::mlir::func::FuncOp"> {
  let summary = "Lower einsum to linalg.generic, two operands at a time";
  let description = [{
    Contracts two operands at a time, in the order that costs the fewest
    multiplications (dynamic sizes count as 1024). A mask is applied to a
    product: where it is false the product is replaced by zero, whatever the
    operands hold. bf16 and f16 accumulate in f32.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def LowerReductions : Pass<"theria-lower-reductions", "::mlir::func::FuncOp"> {
  let summary = "Lower logsumexp and reduce_max to linalg.generic";
  let description = [{
    logsumexp is max + log(sum(exp(x - max))) over live elements; where the
    maximum is infinite it is the result, so that a row that is dead, or holds
    nothing but -inf, gives -inf, and one that holds +inf gives +inf. A NaN in a
    live element spreads. bf16 and f16 compute in f32.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::math::MathDialect",
                           "::mlir::tensor::TensorDialect"];
}

def LowerIndexing : Pass<"theria-lower-indexing", "::mlir::func::FuncOp"> {
  let summary = "Lower coord, gather and scatter_add";
  let description = [{
    coord and gather become linalg.generic, scatter_add a loop nest that adds in
    the order of the updates. Each index is checked where its mask is true.
  }];
  let dependentDialects = ["::theria::TheriaDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::tensor::TensorDialect"];
}

def DecomposeTensors : Pass<"theria-decompose-tensors", "::mlir::func::FuncOp"> {
  let summary = "Rewrite operations that bufferization does not know";
  let description = [{
    tensor.concat becomes insertions of slices; a select between whole tensors
    by one condition becomes scf.if; theria.stop_gradient, which is the identity
    once derivatives are expanded, its operand.
  }];
  let dependentDialects = ["::mlir::scf::SCFDialect",
                           "::mlir::tensor::TensorDialect"];
}

def ExpandCopies : Pass<"theria-expand-copies", "::mlir::func::FuncOp"> {
  let summary = "Rewrite copies of arrays as loops over linalg.generic";
  let description = [{
    A memref.copy between arrays with strides would become a call into a support
    library of MLIR's; as a loop it needs none.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}

def LegaliseFloats : Pass<"theria-legalise-floats", "::mlir::func::FuncOp"> {
  let summary = "Compute bf16 and f16 in f32";
  let description = [{
    Wraps scalar operations on bf16 and f16 in extensions and truncations, and
    truncates from f64 or integers by way of an f32 that is rounded to odd, which
    rounds the final result only once. (Round to odd: Boldo and Melquiond,
    Emulation of FMA and correctly rounded sums, IEEE Trans. Computers 57, 2008.)
    After `arith-expand` no conversion of bf16 is left that would need a function
    of a compiler's run-time library. Also expands math.isinf and math.isnormal,
    which no upstream lowering covers.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
}

#endif // THERIA_REFERENCE_PASSES
