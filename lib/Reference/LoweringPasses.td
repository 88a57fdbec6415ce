//===- LoweringPasses.td - from the language to loops ------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_REFERENCE_LOWERING_PASSES
#define THERIA_REFERENCE_LOWERING_PASSES

include "mlir/Pass/PassBase.td"

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
    tensor.concat becomes insertions of slices, a select between whole tensors by
    one condition scf.if, tensor.dim of a dynamic number a choice among the
    sizes; tensor.reshape reads indices; theria.stop_gradient, the identity once
    derivatives are expanded, becomes its operand.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::tensor::TensorDialect"];
}

def FuseElementwise : Pass<"theria-fuse-elementwise", "::mlir::func::FuncOp"> {
  let summary = "Fuse chains of elementwise linalg.generic";
  let description = [{
    A loop whose result one other loop of the same shape reads, elementwise or a
    sum along some dimensions, joins it: a derivative of high order, mostly such
    chains, compiles in a fraction of the time. Where several read it, it joins
    one, which keeps its result for the others; these move behind. Nothing joins a
    contraction or a broadcast, which would compute its elements many times. Bodies
    use the value of a splat, and compute positions, instead of reading arrays of them.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect"];
}

def AccumulateInPlace : Pass<"theria-accumulate-in-place", "::mlir::func::FuncOp"> {
  let summary = "Let loops that sum begin with what their sums are added to";
  let description = [{
    `a + sum`, where loops compute the sum from zero and nothing else reads it,
    becomes these loops with `a` as their initial value; a maximum likewise. Then
    neither the sum nor the result needs an array of its own.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect"];
}

def FillConstants : Pass<"theria-fill-constants", "::mlir::func::FuncOp"> {
  let summary = "Fill large tensors of one value where they are used";
  let description = [{
    A constant of more than 4 KiB, all of whose elements are one value, becomes
    an allocation that is filled, so that running out of memory is an error of
    the run, not the compiler's end. Runs after the fusion of elementwise loops,
    which reads such constants as scalars. Of an array that is filled and read in
    several places, each place fills its own.
  }];
  let dependentDialects = ["::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def ShareSlices : Pass<"theria-share-slices", "::mlir::func::FuncOp"> {
  let summary = "Make equal slices of a tensor one value";
  let description = [{
    A slice that is read and then written is then known to be one place, which bufferization needs to know to write it in
    place. Nothing else is shared: of an array that is filled in several places, each keeps its own.
  }];
  let dependentDialects = ["::mlir::tensor::TensorDialect"];
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
    of a compiler's run-time library.

    Also expands math.isinf and math.isnormal, which no upstream lowering covers,
    and math.clampf as min(max(value, min), max), NaN where any of them is; and
    raises to powers of index in i64.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
}

def CallLibm : Pass<"theria-call-libm", "::mlir::ModuleOp"> {
  let summary = "Call libm for expm1 and log1p";
  let description = [{
    Their upstream lowerings, exp(x) - 1 and log(1 + x), lose all digits near 0.
  }];
  let dependentDialects = ["::mlir::func::FuncDialect"];
}

def StoreBf16AsBits : Pass<"theria-store-bf16-as-bits", "::mlir::ModuleOp"> {
  let summary = "Hold bf16 in 16-bit integers";
  let description = [{
    On the LLVM dialect, once no arithmetic on bf16 is left: every bf16 becomes
    the i16 of its bits. LLVM 22 takes the sign of a bf16 from the wrong bit
    where nothing else of it is needed, as in math.copysign.
  }];
}

#endif // THERIA_REFERENCE_LOWERING_PASSES
