//===- EinsumOps.td - contractions and reductions ----------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_EINSUM_OPS_TD
#define THERIA_EINSUM_OPS_TD

include "dialect/TheriaBase.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def NamesResults : DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>;
def Reifies : DeclareOpInterfaceMethods<ReifyRankedShapedTypeOpInterface, ["reifyResultShapes"]>;

def ContractionDocs : OpDocGroup {
  let summary = "Contractions and reductions";
  let description = "Sums over labels or along a dimension, each with its mask.";
}

let opDocGroup = ContractionDocs in {

def EinsumOp : Theria_Op<"einsum", Multilinear, [Pure, Reifies, AttrSizedOperandSegments]> {
  let summary = "multilinear contraction in index notation, with a mask";
  let description = [{
    For operands a, b, … and an equation "ab,bc->ac" of one-letter labels,

      result[labels of the result] = Σ over all other labels, Π operands[their labels].

    With one operand it is a sum, a transpose or, for labels new on the right, a broadcast. Sizes of new labels that
    the result type leaves dynamic are given in `sizes`, in the order of the result. No label stands
    twice in one operand. `where "ij" %m` restricts the sum to index tuples with `m` true: a false one contributes
    exactly nothing, whatever the operands hold there, and so in every derivative.

    All operands and the result have one element type; integers and `index` are only broadcast and transposed.
    Every tensor that carries both the row and the column label of a pair tensor is a pair tensor.

    ```mlir
    %s = theria.einsum "nd,md->nm" %q, %k where "nm" %live
       : (tensor<5x4xf32>, tensor<7x4xf32>, tensor<5x7xi1>) -> tensor<5x7xf32>
    ```
  }];
  let arguments = (ins StrAttr:$equation, OptionalAttr<StrAttr>:$where_labels, Variadic<ElementTensor>:$inputs,
                       Optional<MaskTensor>:$mask, Variadic<Index>:$sizes);
  let results = (outs ElementTensor:$result);
  let assemblyFormat = [{
    $equation $inputs (`where` $where_labels^ $mask)? (`sizes` `(` $sizes^ `)`)? attr-dict `:`
    custom<MaskedTypes>(type($inputs), ref($mask), type($mask), type($result))
  }];
  let moreDeclarations = [{
    /// The labels of the operands, the result and the mask.
    ::theria::Equation getLabels();
    /// Creates the result's sizes operands from `sizeOf(label)` where a new label is dynamic in `type`.
    static EinsumOp create(::mlir::OpBuilder &builder, ::mlir::Location loc, ::mlir::RankedTensorType type,
                           const ::theria::Equation &equation, ::mlir::ValueRange inputs, ::mlir::Value mask,
                           ::llvm::function_ref<::mlir::Value(char)> sizeOf);
  }];
  let hasVerifier = 1;
  let hasFolder = 1;
}

class Theria_ReductionOp<string mnemonic> : Theria_Op<mnemonic, Custom, [Pure, Reifies, NamesResults]> {
  let arguments = (ins FloatTensor:$input, Optional<MaskTensor>:$mask, I64Attr:$dim);
  let results = (outs FloatTensor:$result);
  let assemblyFormat = [{
    $input `dim` `=` $dim (`where` $mask^)? attr-dict `:`
    custom<MaskedTypes>(type($input), ref($mask), type($mask), type($result))
  }];
  let hasVerifier = 1;
  let hasFolder = 1;
}

def LogsumexpOp : Theria_ReductionOp<"logsumexp"> {
  let summary = "log of the sum of exponentials along one dimension";
  let description = [{
    `result = log Σ_dim exp(input)` over the elements where `mask`, of the shape of `input`, is true; −∞ where
    there is none. The largest live element is subtracted before the exponential. The result lacks `dim`.

    Derivative: with P = exp(input − result), the tangent of the result is Σ_dim P·tangent over live elements.

    ```mlir
    %l = theria.logsumexp %s dim = 1 : (tensor<5x7xf64>) -> tensor<5xf64>
    ```
  }];
}

def ReduceMaxOp : Theria_ReductionOp<"reduce_max"> {
  let summary = "maximum along one dimension";
  let description = [{
    The largest element along `dim` where `mask`, of the shape of `input`, is true; −∞ where there is none; NaN where
    a live element is NaN. The result lacks `dim`.

    Derivative: the mean of the tangents of the elements that attain the maximum (ties share it equally).

    ```mlir
    %x = theria.reduce_max %s dim = 1 : (tensor<5x7xf64>) -> tensor<5xf64>
    ```
  }];
}

} // opDocGroup

#endif // THERIA_EINSUM_OPS_TD
