// RUN: theria-opt %s --theria-split-normalisers --cse --split-input-file | FileCheck %s
// logsumexp(s) = m + log z; exp(s − logsumexp(s)) = e·r with e = exp(s − m) and r = 1/z, and r leaves the sums of rows.

!p = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
!m = tensor<5x7xi1, #theria.pair<rows = 0, cols = 1>>
!r = tensor<5xf64>

// CHECK-LABEL: func.func @rows(
// CHECK-SAME: %[[S:[^:]*]]: tensor<5x7xf64, {{.*}}>>, %[[V:[^:]*]]: tensor<7x3xf64>, %[[W:[^:]*]]: tensor<7xf64>
// CHECK: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : tensor<5xf64>
// CHECK: %[[MAX:.*]] = theria.reduce_max %[[S]] dim = 1 :
// CHECK: %[[INFINITY:.*]] = arith.constant dense<0x7FF0000000000000> : tensor<5xf64>
// CHECK: %[[SIZE:.*]] = math.absf %[[MAX]]
// CHECK: %[[FINITE:.*]] = arith.cmpf olt, %[[SIZE]], %[[INFINITY]]
// CHECK: %[[SHIFT:.*]] = arith.select %[[FINITE]], %[[MAX]], %[[ZERO]] :
// CHECK: %[[SHIFTS:.*]] = theria.einsum "a->ab" %[[SHIFT]] :
// CHECK: %[[D:.*]] = arith.subf %[[S]], %[[SHIFTS]]
// CHECK: %[[E:.*]] = math.exp %[[D]]
// CHECK: %[[Z:.*]] = theria.einsum "ab->a" %[[E]] :
// CHECK: %[[LOG:.*]] = math.log %[[Z]]
// CHECK: %[[SUM:.*]] = arith.addf %[[SHIFT]], %[[LOG]]
// CHECK: %[[LSE:.*]] = arith.select %[[FINITE]], %[[SUM]], %[[MAX]]
// CHECK: %[[ONE:.*]] = arith.constant dense<1.000000e+00> : tensor<5xf64>
// CHECK: %[[AT_LEAST_1:.*]] = arith.maximumf %[[Z]], %[[ONE]] :
// CHECK: %[[R:.*]] = arith.divf %[[ONE]], %[[AT_LEAST_1]]
// CHECK: %[[RS:.*]] = theria.einsum "i->ij" %[[R]] :
// CHECK: %[[P:.*]] = arith.mulf %[[E]], %[[RS]]
// CHECK: %[[EV:.*]] = theria.einsum "ij,jd->id" %[[E]], %[[V]]
// CHECK: %[[O:.*]] = theria.einsum "id,i->id" %[[EV]], %[[R]]
// The columns have no r of their own: it stays.
// CHECK: %[[C:.*]] = theria.einsum "ij->j" %[[P]]
// So it does in a sum with what has none, and once in a square.
// CHECK: %[[PLUS:.*]] = arith.addf %[[P]], %[[S]]
// CHECK: %[[OF_PLUS:.*]] = theria.einsum "ij->i" %[[PLUS]]
// CHECK: %[[SQUARE:.*]] = arith.mulf %[[E]], %[[P]]
// CHECK: %[[SQUARES:.*]] = theria.einsum "ij->i" %[[SQUARE]]
// CHECK: %[[OF_SQUARE:.*]] = theria.einsum "i,i->i" %[[SQUARES]], %[[R]]
// What is linear in e·r is in e.
// CHECK: %[[EW:.*]] = theria.einsum "ij,j->ij" %[[E]], %[[W]]
// CHECK: %[[NEGATED:.*]] = arith.negf %[[E]]
// CHECK: %[[BOTH:.*]] = arith.subf %[[EW]], %[[NEGATED]]
// CHECK: %[[OF_BOTH:.*]] = theria.einsum "ij->i" %[[BOTH]]
// CHECK: %[[LINEAR:.*]] = theria.einsum "i,i->i" %[[OF_BOTH]], %[[R]]
// CHECK: return %[[LSE]], %[[O]], %[[C]], %[[OF_PLUS]], %[[OF_SQUARE]], %[[LINEAR]] :
func.func @rows(%s: !p, %v: tensor<7x3xf64>, %w: tensor<7xf64>) -> (!r, tensor<5x3xf64>, tensor<7xf64>, !r, !r, !r) {
  %infinity = arith.constant dense<0xFFF0000000000000> : !r
  %zero = arith.constant dense<0.0> : !r
  %lse = theria.logsumexp %s dim = 1 : (!p) -> !r
  %empty = arith.cmpf oeq, %lse, %infinity : !r
  %c = arith.select %empty, %zero, %lse : tensor<5xi1>, !r
  %b = theria.einsum "i->ij" %c : (!r) -> !p
  %d = arith.subf %s, %b : !p
  %p = math.exp %d : !p
  %o = theria.einsum "ij,jd->id" %p, %v : (!p, tensor<7x3xf64>) -> tensor<5x3xf64>
  %columns = theria.einsum "ij->j" %p : (!p) -> tensor<7xf64>
  %plus = arith.addf %p, %s : !p
  %of_plus = theria.einsum "ij->i" %plus : (!p) -> !r
  %square = arith.mulf %p, %p : !p
  %of_square = theria.einsum "ij->i" %square : (!p) -> !r
  %pw = theria.einsum "ij,j->ij" %p, %w : (!p, tensor<7xf64>) -> !p
  %negated = arith.negf %p : !p
  %both = arith.subf %pw, %negated : !p
  %linear = theria.einsum "ij->i" %both : (!p) -> !r
  return %lse, %o, %columns, %of_plus, %of_square, %linear : !r, tensor<5x3xf64>, tensor<7xf64>, !r, !r, !r
}
