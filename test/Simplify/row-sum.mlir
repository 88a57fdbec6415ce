// RUN: theria-opt %s --theria-expand-calculus --theria-simplify | FileCheck %s
// The VJP of normalised weights times values: the row sum δ of P∘dP becomes dO·O, as O is a result. Written in the
// language, so that nothing but the form of the sums can be recognised.

!q = tensor<2x5x4xf64>
!k = tensor<2x7x4xf64>
!v = tensor<2x7x3xf64>
!o = tensor<2x5x3xf64>
!row = tensor<2x5xf64>
!pair = tensor<2x5x7xf64, #theria.pair<rows = 1, cols = 2>>
!mask = tensor<2x5x7xi1, #theria.pair<rows = 1, cols = 2>>

func.func private @weighted(%q: !q, %k: !k, %v: !v) -> !o {
  %s = theria.einsum "hid,hjd->hij" %q, %k : (!q, !k) -> !pair
  %l = theria.logsumexp %s dim = 2 : (!pair) -> !row
  %b = theria.einsum "hi->hij" %l : (!row) -> !pair
  %d = arith.subf %s, %b : !pair
  %p = math.exp %d : !pair
  %o = theria.einsum "hij,hje->hie" %p, %v : (!pair, !v) -> !o
  return %o : !o
}

// CHECK-LABEL: @unmasked
// CHECK: %[[O:.*]] = theria.einsum "hij,hje->hie" %{{.*}}, %arg2
// CHECK: %[[DP:.*]] = theria.einsum "hie,hje->hij" %arg3, %arg2
// CHECK: %[[DELTA:.*]] = theria.einsum "hie,hie->hi" %arg3, %[[O]] : (
// CHECK-NOT: theria.einsum "hij->hi"
// CHECK: return %[[O]],
func.func @unmasked(%q: !q, %k: !k, %v: !v, %do: !o) -> (!o, !q) {
  %r:2 = theria.vjp @weighted(%q, %k, %v) cotangents(%do) wrt = [0] : (!q, !k, !v) -> (!o, !q)
  return %r#0, %r#1 : !o, !q
}

// Where O is no result, the plain row sum is cheaper by a contraction.
// CHECK-LABEL: @gradient_alone
// CHECK-NOT: theria.einsum "hij,hje->hie"
// CHECK: theria.einsum "hie,hje->hij" %arg3, %arg2
// CHECK-NOT: theria.einsum "hij,hje->hie"
// CHECK: theria.einsum "hij->hi"
// CHECK: return
func.func @gradient_alone(%q: !q, %k: !k, %v: !v, %do: !o) -> !q {
  %r:2 = theria.vjp @weighted(%q, %k, %v) cotangents(%do) wrt = [0] : (!q, !k, !v) -> (!o, !q)
  return %r#1 : !q
}

func.func private @masked_weighted(%q: !q, %k: !k, %v: !v, %live: !mask) -> !o {
  %s = theria.einsum "hid,hjd->hij" %q, %k where "hij" %live : (!q, !k, !mask) -> !pair
  %l = theria.logsumexp %s dim = 2 where %live : (!pair, !mask) -> !row
  %zeros = arith.constant dense<0.0> : !row
  %infinities = arith.constant dense<0xFFF0000000000000> : !row
  %empty = arith.cmpf oeq, %l, %infinities : !row
  %shift = arith.select %empty, %zeros, %l : tensor<2x5xi1>, !row
  %b = theria.einsum "hi->hij" %shift where "hij" %live : (!row, !mask) -> !pair
  %d = arith.subf %s, %b : !pair
  %p = math.exp %d : !pair
  %o = theria.einsum "hij,hje->hie" %p, %v where "hij" %live : (!pair, !v, !mask) -> !o
  return %o : !o
}

// A dead row gives nothing whatever dO holds there: dO·O is kept to the rows with a live pair.
// CHECK-LABEL: @masked(
// CHECK-DAG: %[[O:.*]] = theria.einsum "hij,hje->hie" %{{.*}}, %arg2 where "hij" %arg3
// CHECK-DAG: %[[MAX:.*]] = theria.reduce_max %{{.*}} dim = 2 where %arg3
// CHECK: %[[ROWS:.*]] = arith.cmpf une, %[[MAX]]
// CHECK: theria.einsum "hie,hie->hi" %arg4, %[[O]] where "hi" %[[ROWS]]
// CHECK-NOT: theria.einsum "hij->hi"
// CHECK: return %[[O]],
func.func @masked(%q: !q, %k: !k, %v: !v, %live: !mask, %do: !o) -> (!o, !q) {
  %r:2 = theria.vjp @masked_weighted(%q, %k, %v, %live) cotangents(%do) wrt = [0] : (!q, !k, !v, !mask) -> (!o, !q)
  return %r#0, %r#1 : !o, !q
}
