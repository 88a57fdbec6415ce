// RUN: theria-opt %s --theria-split-normalisers --cse --split-input-file | FileCheck %s
// exp(s − logsumexp(s)) under a mask: divided after the sum where nothing is seen of it that the mask leaves out.

!p = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
!m = tensor<5x7xi1, #theria.pair<rows = 0, cols = 1>>
!r = tensor<5xf64>

// CHECK-LABEL: func.func @seen_under(
// CHECK: theria.reduce_max %arg0 dim = 1 where %arg1 :
// CHECK: %[[E:.*]] = math.exp
// CHECK: theria.einsum "ab->a" %[[E]] where "ab" %arg1
// CHECK: %[[R:.*]] = arith.divf
// CHECK: theria.einsum "i->ij" %[[R]] :
// CHECK: %[[O:.*]] = theria.einsum "ij->i" %[[E]] where "ij" %arg1
// CHECK: theria.einsum "i,i->i" %[[O]], %[[R]] :
func.func @seen_under(%s: !p, %m: !m) -> (!r, !r, !r, !r) {
  %infinity = arith.constant dense<0xFFF0000000000000> : !r
  %zero = arith.constant dense<0.0> : !r
  %lse = theria.logsumexp %s dim = 1 where %m : (!p, !m) -> !r
  %empty = arith.cmpf oeq, %lse, %infinity : !r
  %c = arith.select %empty, %zero, %lse : tensor<5xi1>, !r
  %b = theria.einsum "i->ij" %c where "ij" %m : (!r, !m) -> !p
  %d = arith.subf %s, %b : !p
  %e = math.exp %d : !p
  %o = theria.einsum "ij->i" %e where "ij" %m : (!p, !m) -> !r
  %square = arith.mulf %e, %e : !p
  %u = theria.einsum "ij->i" %square where "ij" %m : (!p, !m) -> !r
  %v = theria.reduce_max %e dim = 1 where %m : (!p, !m) -> !r
  %w = theria.logsumexp %square dim = 1 where %m : (!p, !m) -> !r
  return %o, %u, %v, %w : !r, !r, !r, !r
}

// -----

!p = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
!m = tensor<5x7xi1, #theria.pair<rows = 0, cols = 1>>
!r = tensor<5xf64>

// Under another mask the shift is 0 elsewhere.
// CHECK-LABEL: func.func @other_mask(
// CHECK-NOT: arith.divf
// CHECK: return
func.func @other_mask(%s: !p, %m: !m, %n: !m) -> !r {
  %infinity = arith.constant dense<0xFFF0000000000000> : !r
  %zero = arith.constant dense<0.0> : !r
  %lse = theria.logsumexp %s dim = 1 where %m : (!p, !m) -> !r
  %empty = arith.cmpf oeq, %lse, %infinity : !r
  %c = arith.select %empty, %zero, %lse : tensor<5xi1>, !r
  %b = theria.einsum "i->ij" %c where "ij" %n : (!r, !m) -> !p
  %d = arith.subf %s, %b : !p
  %e = math.exp %d : !p
  %o = theria.einsum "ij->i" %e where "ij" %m : (!p, !m) -> !r
  return %o : !r
}
