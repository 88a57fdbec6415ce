//===- IndexOps.td - coordinates and look-up ---------------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_INDEX_OPS_TD
#define THERIA_INDEX_OPS_TD

include "dialect/EinsumOps.td"

def TableDocs : OpDocGroup {
  let summary = "Coordinates and tables";
  let description = "Where an element stands, and values looked up there.";
}
def ControlDocs : OpDocGroup {
  let summary = "Marks and controls";
  let description = "Operations that carry no arithmetic.";
}

let opDocGroup = TableDocs in {

def CoordOp : Theria_Op<"coord", Inactive, [Pure, Reifies, NamesResults, AttrSizedOperandSegments]> {
  let summary = "index of an element along a dimension";
  let description = [{
    `result[…, i, …] = i + offset`, where i stands at position `dim`. `sizes` gives the dynamic dimensions of the
    result in order; `offset` defaults to 0. It has no derivative: it does not depend on any float.

    ```mlir
    %j = theria.coord dim = 1 sizes(%m) offset(%o) : tensor<8x?xindex>
    ```
  }];
  let arguments = (ins I64Attr:$dim, Variadic<Index>:$sizes, Optional<Index>:$offset);
  let results = (outs CoordinateTensor:$result);
  let assemblyFormat = [{
    `dim` `=` $dim (`sizes` `(` $sizes^ `)`)? (`offset` `(` $offset^ `)`)? attr-dict `:` type($result)
  }];
  let hasVerifier = 1;
  let hasFolder = 1;
}

def GatherOp : Theria_Op<"gather", Linear, [Pure, Reifies, AttrSizedOperandSegments]> {
  let summary = "table look-up by coordinates";
  let description = [{
    `result[p] = table[indices₀[p], indices₁[p], …]`, one tensor of indices for each dimension of the table, all of the
    result's shape. Where `mask` is false the result is 0 and no index is read. A live index outside the table is an
    error of the running program; a look-up whose values do not matter may be left out with its error. Linear in the
    table; its transpose is `theria.scatter_add`.

    ```mlir
    %g = theria.gather %table[%h, %d] : (tensor<8x31xf32>, tensor<5x7xindex>, tensor<5x7xindex>) -> tensor<5x7xf32>
    ```
  }];
  let arguments = (ins ElementTensor:$table, Variadic<CoordinateTensor>:$indices, Optional<MaskTensor>:$mask);
  let results = (outs ElementTensor:$result);
  let assemblyFormat = [{
    $table `[` $indices `]` (`where` $mask^)? attr-dict `:`
    custom<GatherTypes>(type($table), type($indices), ref($mask), type($mask), type($result))
  }];
  let hasVerifier = 1;
  let hasFolder = 1;
}

def ScatterAddOp : Theria_Op<"scatter_add", Linear, [Pure, Reifies, AttrSizedOperandSegments]> {
  let summary = "sums values into a table by coordinates";
  let description = [{
    `result[t] = Σ over p with (indices₀[p], indices₁[p], …) = t and mask[p], of updates[p]`, in the order of p. `sizes`
    gives the dynamic dimensions of the result. A live index outside the result is an error of the running program, as
    for `theria.gather`. Linear in the updates; its transpose is `theria.gather`.

    ```mlir
    %t = theria.scatter_add %u[%d] sizes(%n) : (tensor<5x7xf32>, tensor<5x7xindex>) -> tensor<?xf32>
    ```
  }];
  let arguments = (ins ElementTensor:$updates, Variadic<CoordinateTensor>:$indices, Optional<MaskTensor>:$mask,
                       Variadic<Index>:$sizes);
  let results = (outs ElementTensor:$result);
  let assemblyFormat = [{
    $updates `[` $indices `]` (`where` $mask^)? (`sizes` `(` $sizes^ `)`)? attr-dict `:`
    custom<GatherTypes>(type($updates), type($indices), ref($mask), type($mask), type($result))
  }];
  let hasVerifier = 1;
  let hasFolder = 1;
}

} // opDocGroup

let opDocGroup = ControlDocs in {

def PairCastOp : Theria_Op<"pair_cast", Linear, [Pure, Reifies]> {
  let summary = "reads a dense tensor as a pair tensor, or writes a pair tensor densely";
  let description = [{
    Adds or removes the encoding `#theria.pair`; shape, element type and values stay. The only operation that
    changes the mark. Linear; the transpose casts back.

    ```mlir
    %p = theria.pair_cast %bias : tensor<5x7xf32> to tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>>
    ```
  }];
  let arguments = (ins ElementTensor:$source);
  let results = (outs ElementTensor:$result);
  let assemblyFormat = "$source attr-dict `:` type($source) `to` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def StopGradientOp : Theria_Op<"stop_gradient", Inactive, [Pure, SameOperandsAndResultType]> {
  let summary = "the identity, with derivative zero";
  let description = [{
    Every derivative, of every order, takes the value as a constant.

    ```mlir
    %c = theria.stop_gradient %x : tensor<4xf32>
    ```
  }];
  let arguments = (ins AnyType:$input);
  let results = (outs AnyType:$result);
  let assemblyFormat = "$input attr-dict `:` type($input)";
  let hasFolder = 1;
}

def CheckOp : Theria_Op<"check", Inactive, [MemoryEffects<[MemWrite]>]> {
  let summary = "ends the run with an error where a condition does not hold";
  let description = [{
    Where `condition` is false at run time, the program stops and reports its source location and `message`, in which
    `{0}`, `{1}`, … stand for `values`.

    ```mlir
    theria.check %same, "expected as many keys as values, but found {0} and {1}" (%m, %n)
    ```
  }];
  let arguments = (ins I1:$condition, StrAttr:$message, Variadic<Index>:$values);
  let assemblyFormat = "$condition `,` $message (` ` `(` $values^ `)`)? attr-dict";
  let hasVerifier = 1;
  let hasCanonicalizeMethod = 1;
}

} // opDocGroup

#endif // THERIA_INDEX_OPS_TD
