// What the patterns find in the derivatives of theria.sdpa itself.
// RUN: theria-opt %s --theria-symmetrise --theria-expand-calculus --theria-simplify | FileCheck %s
// RUN: theria-opt %s --theria-symmetrise | FileCheck %s --check-prefix=SYMMETRY

!q = tensor<2x3x5x4xf64>
!k = tensor<2x3x7x4xf64>
!v = tensor<2x3x7x6xf64>
!o = tensor<2x3x5x6xf64>
!row = tensor<2x3x5xf64>

func.func private @attention(%q: !q, %k: !k, %v: !v) -> !o {
  %o, %lse = theria.sdpa %q, %k, %v : (!q, !k, !v) -> (!o, !row)
  return %o : !o
}

// Σ_j of P∘dP is dO·O, since O is a result.
// CHECK-LABEL: @vjp(
// CHECK: %[[P:.*]] = math.exp
// CHECK: %[[O:.*]] = theria.einsum "bhij,bhje->bhie" %[[P]], %arg2
// CHECK: theria.einsum "bhie,bhje->bhij" %arg3, %arg2
// CHECK: theria.einsum "bhie,bhie->bhi" %arg3, %[[O]]
// CHECK-NOT: ->bhi"
// CHECK: return %[[O]],
func.func @vjp(%q: !q, %k: !k, %v: !v, %do: !o) -> (!o, !q, !k, !v) {
  %r:4 = theria.vjp @attention(%q, %k, %v) cotangents(%do) : (!q, !k, !v) -> (!o, !q, !k, !v)
  return %r#0, %r#1, %r#2, %r#3 : !o, !q, !k, !v
}

// Ȯ = (P∘Ṡ)·V − μ·O + P·V̇ with μ the row sum of P∘Ṡ.
// CHECK-LABEL: @jvp(
// CHECK: %[[P:.*]] = math.exp
// CHECK: %[[SUM:.*]] = theria.einsum "{{.*}}" %[[P]], %[[DS:.*]] : (
// CHECK: %[[MEAN:.*]] = arith.select %{{.*}}, %{{.*}}, %[[SUM]]
// CHECK: %[[O:.*]] = theria.einsum "bhij,bhje->bhie" %[[P]], %arg2
// CHECK: %[[SECOND:.*]] = theria.einsum "bhi,bhie->bhie" %[[MEAN]], %[[O]]
// CHECK: %[[PDS:.*]] = arith.mulf %[[DS]], %[[P]]
// CHECK: %[[FIRST:.*]] = theria.einsum "bhij,bhje->bhie" %[[PDS]], %arg2
// CHECK: %[[DIFFERENCE:.*]] = arith.subf %[[FIRST]], %[[SECOND]]
// CHECK: %[[THIRD:.*]] = theria.einsum "bhij,bhje->bhie" %[[P]], %arg5
// CHECK: %[[DO:.*]] = arith.addf %[[DIFFERENCE]], %[[THIRD]]
// CHECK: return %[[O]], %[[DO]] :
func.func @jvp(%q: !q, %k: !k, %v: !v, %dq: !q, %dk: !k, %dv: !v) -> (!o, !o) {
  %r:2 = theria.jvp @attention(%q, %k, %v) tangents(%dq, %dk, %dv) : (!q, !k, !v) -> (!o, !o)
  return %r#0, %r#1 : !o, !o
}

// Reverse over reverse becomes forward over reverse.
// SYMMETRY-LABEL: func.func private @gradient
// SYMMETRY-LABEL: func.func @double_backward
// SYMMETRY-NOT: theria.vjp
// SYMMETRY: theria.jvp @vjp
// SYMMETRY-NOT: theria.vjp
// SYMMETRY: return
func.func private @gradient(%q: !q, %k: !k, %v: !v, %do: !o) -> (!q, !k, !v) {
  %r:4 = theria.vjp @attention(%q, %k, %v) cotangents(%do) : (!q, !k, !v) -> (!o, !q, !k, !v)
  return %r#1, %r#2, %r#3 : !q, !k, !v
}
func.func @double_backward(%q: !q, %k: !k, %v: !v, %do: !o, %wq: !q, %wk: !k, %wv: !v) -> (!q, !k, !v, !o) {
  %r:7 = theria.vjp @gradient(%q, %k, %v, %do) cotangents(%wq, %wk, %wv)
       : (!q, !k, !v, !o) -> (!q, !k, !v, !q, !k, !v, !o)
  return %r#3, %r#4, %r#5, %r#6 : !q, !k, !v, !o
}
