//===- SdpaOps.td - attention and its derivatives ----------*- tablegen -*-===//
//
// Part of Theria, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef THERIA_SDPA_OPS_TD
#define THERIA_SDPA_OPS_TD

include "dialect/TheriaBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def CausalAttr : I32EnumAttr<"Causal", "alignment of a causal mask",
    [I32EnumAttrCase<"TopLeft", 0, "top_left">, I32EnumAttrCase<"BottomRight", 1, "bottom_right">]> {
  let cppNamespace = "::theria";
}

def SdpaTensor : RankedTensorOf<[F64, F32, F16, BF16]>;

def SdpaDocs : OpDocGroup {
  let summary = "Attention";
  let description = [{
    One operator with its clauses, and its explicit derivatives for people and front ends that write those directly. All
    of them are defined by decomposition; no derivative is written down.
  }];
}

let opDocGroup = SdpaDocs in {

class Theria_SdpaOp<string mnemonic, RuleKind kind, dag derivative, dag outputs>
    : Theria_Op<mnemonic, kind, [Pure, AttrSizedOperandSegments,
                                 DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames",
                                                                              "getAsmBlockArgumentNames"]>]> {
  let arguments = !con((ins SdpaTensor:$query, SdpaTensor:$key, SdpaTensor:$value), derivative,
    (ins Optional<AnyFloat>:$scale, Optional<SdpaTensor>:$bias, Optional<MaskTensor>:$mask,
         Optional<RankedTensorOf<[I32]>>:$query_lengths, Optional<RankedTensorOf<[I32]>>:$key_lengths,
         Variadic<AnyType>:$score_captures, Variadic<AnyType>:$where_captures,
         OptionalAttr<F64Attr>:$scale_value, OptionalAttr<CausalAttr>:$causal,
         OptionalAttr<DenseI64ArrayAttr>:$window, OptionalAttr<F64Attr>:$softcap));
  let results = outputs;
  let regions = (region AnyRegion:$score, AnyRegion:$where);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def SdpaOp : Theria_SdpaOp<"sdpa", Composite, (ins), (outs SdpaTensor:$out, SdpaTensor:$lse)> {
  let hasCanonicalizeMethod = 1;
  let summary = "scaled dot-product attention";
  let description = [{
    ```
    operation ::= `theria.sdpa` $query `,` $key `,` $value clause* attr-dict `:` functional-type(operands, results)
    ```

    `out = softmax(s)·value` and `lse = log Σ_j exp(s)`, where `s = query·keyᵀ` passes through the clauses below in
    the order scale, softcap, score region, bias, masks. Both results are differentiable, in every operand.

    Shapes: `query` B×H×N×D, `key` B×Hk×M×D, `value` B×Hk×M×Dv, `out` B×H×N×Dv, `lse` B×H×N; Hk divides H, and query
    head h reads key head h / (H / Hk). Elements are f64, f32, bf16 or f16; bf16 and f16 accumulate in f32, and
    their `lse` is f32.

    | clause | meaning |
    | --- | --- |
    | `scale(%s)` or `scale = 0.25` | factor of the score, 1/√D by default; the operand is f64 for f64, else f32 |
    | `softcap(c)` | c·tanh(s/c) |
    | `score(%captured…) { ^bb0(%s, %b, %h, %i, %j): … theria.yield %t }` | a scalar function of the score and its coordinates (`index`), in the accumulation type; captured values count as operands |
    | `bias(%b)` | added to the score: B×H×N×M, each dimension full or statically 1; −∞ removes the key |
    | `causal`, `causal(bottom_right)` | keys j ≤ i; bottom-right: i is shifted by M − N (of `lengths` where given), for `window` too |
    | `window(left, right)` | keys i − left ≤ j ≤ i + right |
    | `mask(%m)` | i1, shaped as a bias; false removes the key |
    | `lengths(%n, %m)` | i32, one per batch element: rows and keys past the end are masked |
    | `where(%captured…) { ^bb0(%b, %h, %i, %j): … theria.yield %live }` | any predicate of the coordinates |

    A region may also list captured values as last arguments of its block; where it does not, it is written with their
    outer names. It uses no other outer value but constants.

    A masked key contributes exactly 0, whatever its query, key and value hold. A row without live keys has out = 0,
    lse = −∞ and zero derivatives of every order. The operand types are listed in the order in which the operands are
    written.

    ```mlir
    %out, %lse = theria.sdpa %q, %k, %v causal softcap(30.0)
      : (tensor<1x8x64x32xf32>, tensor<1x2x96x32xf32>, tensor<1x2x96x16xf32>)
      -> (tensor<1x8x64x16xf32>, tensor<1x8x64xf32>)
    ```
  }];
}

def SdpaJvpOp : Theria_SdpaOp<"sdpa_jvp", CompositeDerivative, (ins Variadic<AnyType>:$tangents),
                              (outs SdpaTensor:$out, SdpaTensor:$lse, SdpaTensor:$out_tangent,
                                    SdpaTensor:$lse_tangent)> {
  let summary = "attention and its tangent along given tangents";
  let description = [{
    ```
    operation ::= `theria.sdpa_jvp` $query `,` $key `,` $value `tangents` `(` $tangents `)` clause* attr-dict `:`
                  functional-type(operands, results)
    ```

    `tangents(…)` lists one for each of query, key, value and, where present, scale, bias and the captured floats of
    the score region and of the predicate, each of its primal's type. Clauses as for `theria.sdpa`.

    ```mlir
    %out, %lse, %tout, %tlse = theria.sdpa_jvp %q, %k, %v tangents(%tq, %tk, %tv) causal
      : (!x, !x, !x, !x, !x, !x) -> (!x, !r, !x, !r)
    ```
  }];
}

def SdpaVjpOp : Theria_SdpaOp<"sdpa_vjp", CompositeDerivative, (ins Variadic<AnyType>:$cotangents),
                              (outs SdpaTensor:$out, SdpaTensor:$lse, Variadic<AnyType>:$operand_cotangents)> {
  let summary = "attention and the cotangents of its operands";
  let description = [{
    ```
    operation ::= `theria.sdpa_vjp` $query `,` $key `,` $value `cotangents` `(` $cotangents `)` clause* attr-dict `:`
                  functional-type(operands, results)
    ```

    `cotangents(%dout [, %dlse])` of the results; returns `out`, `lse` and the cotangents of query, key, value and, where
    present, scale, bias and the captured floats. Clauses as for `theria.sdpa`.

    ```mlir
    %r:5 = theria.sdpa_vjp %q, %k, %v cotangents(%dout) : (!x, !x, !x, !x) -> (!x, !r, !x, !x, !x)
    ```
  }];
}

def SdpaHvpOp : Theria_SdpaOp<"sdpa_hvp", CompositeDerivative, (ins Variadic<AnyType>:$cotangents, Variadic<AnyType>:$tangents),
                              (outs Variadic<AnyType>:$cotangent_tangents)> {
  let summary = "Hessian-vector product of attention";
  let description = [{
    ```
    operation ::= `theria.sdpa_hvp` $query `,` $key `,` $value `cotangents` `(` $cotangents `)`
                  `tangents` `(` $tangents `)` clause* attr-dict `:` functional-type(operands, results)
    ```

    The tangents of the operands' cotangents along `tangents`, with `cotangents` held constant; operands and results
    are listed as for `theria.sdpa_jvp` and `theria.sdpa_vjp`.

    ```mlir
    %h:3 = theria.sdpa_hvp %q, %k, %v cotangents(%dout) tangents(%tq, %tk, %tv)
      : (!x, !x, !x, !x, !x, !x, !x) -> (!x, !x, !x)
    ```
  }];
}

def YieldOp : Theria_Op<"yield", Inactive, [Pure, Terminator, ParentOneOf<["SdpaOp", "SdpaJvpOp", "SdpaVjpOp", "SdpaHvpOp"]>]> {
  let summary = "the value of a score region or of a predicate";
  let description = [{
    ```mlir
    theria.yield %t : f32
    ```
  }];
  let arguments = (ins AnyType:$value);
  let assemblyFormat = "$value attr-dict `:` type($value)";
}

} // opDocGroup

#endif // THERIA_SDPA_OPS_TD
