// What the patterns find in the derivatives of masked, grouped attention: as in attention.mlir, under the mask.
// RUN: theria-opt %s --theria-symmetrise --theria-expand-calculus --theria-simplify | FileCheck %s

!q = tensor<2x4x5x3xf64>
!k = tensor<2x2x7x3xf64>
!v = tensor<2x2x7x6xf64>
!o = tensor<2x4x5x6xf64>
!row = tensor<2x4x5xf64>

func.func private @attention(%q: !q, %k: !k, %v: !v) -> !o {
  %o, %lse = theria.sdpa %q, %k, %v causal : (!q, !k, !v) -> (!o, !row)
  return %o : !o
}

// Σ_j of P∘dP is dO·O, in the rows that have a live key; it is the only sum over rows of pairs beside the softmax's own.
// CHECK-LABEL: @vjp(
// CHECK: %[[LIVE:.*]] = arith.cmpi sle
// CHECK: theria.logsumexp
// CHECK: %[[P:.*]] = math.exp
// CHECK: %[[O:.*]] = theria.einsum "bhgij,bhje->bhgie" %[[P]], %arg2 where "bhgij" %[[LIVE]]
// CHECK: %[[COTANGENT:.*]] = tensor.expand_shape %arg3
// CHECK: theria.einsum "bhgie,bhje->bhgij" %[[COTANGENT]], %arg2 where "bhgij" %[[LIVE]]
// CHECK: %[[LIVEROW:.*]] = arith.cmpf une
// CHECK: %[[DELTA:.*]] = theria.einsum "bhgie,bhgie->bhgi" %[[COTANGENT]], %[[O]] where "bhgi" %[[LIVEROW]]
// CHECK: arith.negf %[[DELTA]]
// CHECK-NOT: ->bhgi"
// CHECK-NOT: ->abcd"
// CHECK: return
func.func @vjp(%q: !q, %k: !k, %v: !v, %do: !o) -> (!o, !q, !k, !v) {
  %r:4 = theria.vjp @attention(%q, %k, %v) cotangents(%do) : (!q, !k, !v) -> (!o, !q, !k, !v)
  return %r#0, %r#1, %r#2, %r#3 : !o, !q, !k, !v
}

// Ȯ = (P∘Ṡ)·V − μ·O + P·V̇ with μ the row sum of P∘Ṡ; μ·O needs no mask, as O is 0 in dead rows.
// CHECK-LABEL: @jvp(
// CHECK: %[[LIVE:.*]] = arith.cmpi sle
// CHECK: %[[P:.*]] = math.exp
// CHECK: %[[SUM:.*]] = theria.einsum "abcde,abcde->abcd" %[[P]], %[[DS:.*]] where "abcde" %[[LIVE]]
// CHECK: %[[MEAN:.*]] = arith.select %{{.*}}, %{{.*}}, %[[SUM]]
// CHECK: %[[O:.*]] = theria.einsum "bhgij,bhje->bhgie" %[[P]], %arg2 where "bhgij" %[[LIVE]]
// CHECK: %[[SECOND:.*]] = theria.einsum "bhgi,bhgie->bhgie" %[[MEAN]], %[[O]] : (
// CHECK: %[[PDS:.*]] = arith.mulf %[[DS]], %[[P]]
// CHECK: %[[FIRST:.*]] = theria.einsum "bhgij,bhje->bhgie" %[[PDS]], %arg2 where "bhgij" %[[LIVE]]
// CHECK: %[[DIFFERENCE:.*]] = arith.subf %[[FIRST]], %[[SECOND]]
// CHECK: %[[THIRD:.*]] = theria.einsum "bhgij,bhje->bhgie" %[[P]], %arg5 where "bhgij" %[[LIVE]]
// CHECK: arith.addf %[[DIFFERENCE]], %[[THIRD]]
func.func @jvp(%q: !q, %k: !k, %v: !v, %dq: !q, %dk: !k, %dv: !v) -> (!o, !o) {
  %r:2 = theria.jvp @attention(%q, %k, %v) tangents(%dq, %dk, %dv) : (!q, !k, !v) -> (!o, !o)
  return %r#0, %r#1 : !o, !o
}
