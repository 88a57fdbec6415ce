// RUN: theria-opt %s --theria-expand-calculus --theria-simplify | FileCheck %s
// RUN: theria-opt %s --theria-expand-calculus --theria-simplify=row-constants=false | FileCheck %s --check-prefix=CENTRED
// The tangent of normalised weights times values: (P∘(Ṡ − μ))·V becomes (P∘Ṡ)·V − μ·O, with μ the row mean of Ṡ. Written
// in the language, so that nothing but the form of the sums can be recognised.

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
// CHECK: %[[S:.*]] = theria.einsum "hid,hjd->hij" %arg0, %arg1
// CHECK: %[[TS:.*]] = theria.einsum "hid,hjd->hij" %arg3, %arg1
// CHECK: %[[MEAN:.*]] = theria.einsum "{{.*}}" %{{.*}}, %[[TS]]
// CHECK: %[[O:.*]] = theria.einsum "hij,hje->hie" %[[P:.*]], %arg2
// CHECK: %[[ROW:.*]] = theria.einsum "hi,hie->hie" %[[MEAN]], %[[O]]
// CHECK: %[[PTS:.*]] = arith.mulf %[[TS]], %{{.*}} : tensor<2x5x7xf64
// CHECK: %[[FIRST:.*]] = theria.einsum "hij,hje->hie" %[[PTS]], %arg2
// CHECK: %[[TO:.*]] = arith.subf %[[FIRST]], %[[ROW]]
// CHECK: return %[[O]], %[[TO]] :
// CENTRED-LABEL: @unmasked
// CENTRED: %[[MEAN:.*]] = theria.einsum "{{.*}},{{.*}}->{{..}}"
// CENTRED: %[[B:.*]] = theria.einsum "{{..->...}}" %[[MEAN]]
// CENTRED: %[[D:.*]] = arith.subf %{{.*}}, %[[B]]
// CENTRED: %[[PD:.*]] = arith.mulf %{{.*}}, %[[D]]
// CENTRED: theria.einsum "hij,hje->hie" %[[PD]], %arg2
func.func @unmasked(%q: !q, %k: !k, %v: !v, %tq: !q) -> (!o, !o) {
  %r:2 = theria.jvp @weighted(%q, %k, %v) tangents(%tq) wrt = [0] : (!q, !k, !v) -> (!o, !o)
  return %r#0, %r#1 : !o, !o
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

// The mean of a row without live pairs is 0, so that its product with O needs no mask.
// CHECK-LABEL: @masked(
// CHECK: %[[TS:.*]] = theria.einsum "hid,hjd->hij" %arg4, %arg1 where "hij" %arg3
// CHECK: %[[MEAN:.*]] = theria.einsum "{{.*}}" %{{.*}}, %[[TS]] where
// CHECK: %[[SHIFT:.*]] = arith.select %{{.*}}, %{{.*}}, %[[MEAN]]
// CHECK: %[[O:.*]] = theria.einsum "hij,hje->hie" %{{.*}}, %arg2 where "hij" %arg3
// CHECK: theria.einsum "hi,hie->hie" %[[SHIFT]], %[[O]] : (
// CHECK: %[[PTS:.*]] = arith.mulf %[[TS]], %{{.*}} : tensor<2x5x7xf64
// CHECK: theria.einsum "hij,hje->hie" %[[PTS]], %arg2 where "hij" %arg3
func.func @masked(%q: !q, %k: !k, %v: !v, %live: !mask, %tq: !q) -> (!o, !o) {
  %r:2 = theria.jvp @masked_weighted(%q, %k, %v, %live) tangents(%tq) wrt = [0]
       : (!q, !k, !v, !mask) -> (!o, !o)
  return %r#0, %r#1 : !o, !o
}
