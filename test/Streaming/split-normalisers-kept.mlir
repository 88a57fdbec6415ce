// RUN: theria-opt %s --theria-split-normalisers --cse --split-input-file | FileCheck %s
// Exponentials that are not divided by their sum: they have another shift, or are seen where the mask does not hold.

!p = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
!r = tensor<5xf64>

// CHECK-LABEL: func.func @other_shifts(
// CHECK: theria.reduce_max
// CHECK-NOT: arith.divf
// CHECK: return
func.func @other_shifts(%s: !p, %t: !p, %row: !r) -> (!r, !r, !r, !r, !r, !r, !r, !r) {
  %infinity = arith.constant dense<0xFFF0000000000000> : !r
  %positive = arith.constant dense<0x7FF0000000000000> : !r
  %zero = arith.constant dense<0.0> : !r
  %one = arith.constant dense<1.0> : !r
  %lse = theria.logsumexp %s dim = 1 : (!p) -> !r
  %empty = arith.cmpf oeq, %lse, %infinity : !r
  // Without a guard, with the guard of something else, or with another guard.
  %b0 = theria.einsum "i->ij" %lse : (!r) -> !p
  %is_row = arith.cmpf oeq, %row, %infinity : !r
  %c1 = arith.select %is_row, %zero, %lse : tensor<5xi1>, !r
  %b1 = theria.einsum "i->ij" %c1 : (!r) -> !p
  %c2 = arith.select %empty, %zero, %row : tensor<5xi1>, !r
  %b2 = theria.einsum "i->ij" %c2 : (!r) -> !p
  %not_empty = arith.cmpf une, %lse, %infinity : !r
  %c3 = arith.select %not_empty, %zero, %lse : tensor<5xi1>, !r
  %b3 = theria.einsum "i->ij" %c3 : (!r) -> !p
  %is_positive = arith.cmpf oeq, %lse, %positive : !r
  %c4 = arith.select %is_positive, %zero, %lse : tensor<5xi1>, !r
  %b4 = theria.einsum "i->ij" %c4 : (!r) -> !p
  %c5 = arith.select %empty, %one, %lse : tensor<5xi1>, !r
  %b5 = theria.einsum "i->ij" %c5 : (!r) -> !p
  // Of other scores, or with a factor.
  %c = arith.select %empty, %zero, %lse : tensor<5xi1>, !r
  %b6 = theria.einsum "i->ij" %c : (!r) -> !p
  %b7 = theria.einsum "i,i->ij" %c, %row : (!r, !r) -> !p
  %d0 = arith.subf %s, %b0 : !p
  %d1 = arith.subf %s, %b1 : !p
  %d2 = arith.subf %s, %b2 : !p
  %d3 = arith.subf %s, %b3 : !p
  %d4 = arith.subf %s, %b4 : !p
  %d5 = arith.subf %s, %b5 : !p
  %d6 = arith.subf %t, %b6 : !p
  %d7 = arith.subf %s, %b7 : !p
  %e0 = math.exp %d0 : !p
  %e1 = math.exp %d1 : !p
  %e2 = math.exp %d2 : !p
  %e3 = math.exp %d3 : !p
  %e4 = math.exp %d4 : !p
  %e5 = math.exp %d5 : !p
  %e6 = math.exp %d6 : !p
  %e7 = math.exp %d7 : !p
  %o0 = theria.einsum "ij->i" %e0 : (!p) -> !r
  %o1 = theria.einsum "ij->i" %e1 : (!p) -> !r
  %o2 = theria.einsum "ij->i" %e2 : (!p) -> !r
  %o3 = theria.einsum "ij->i" %e3 : (!p) -> !r
  %o4 = theria.einsum "ij->i" %e4 : (!p) -> !r
  %o5 = theria.einsum "ij->i" %e5 : (!p) -> !r
  %o6 = theria.einsum "ij->i" %e6 : (!p) -> !r
  %o7 = theria.einsum "ij->i" %e7 : (!p) -> !r
  return %o0, %o1, %o2, %o3, %o4, %o5, %o6, %o7 : !r, !r, !r, !r, !r, !r, !r, !r
}

// -----

!p = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
!q = tensor<5x7xf16, #theria.pair<rows = 0, cols = 1>>

// Nor is one taken apart that runs along the rows, or is of small floats.
// CHECK-LABEL: func.func @whole(
// CHECK-NEXT: theria.logsumexp
// CHECK-NEXT: theria.logsumexp
// CHECK-NEXT: theria.logsumexp
func.func @whole(%s: !p, %t: !q, %u: tensor<5x7xf64>) -> (tensor<7xf64>, tensor<5xf16>, tensor<5xf64>) {
  %a = theria.logsumexp %s dim = 0 : (!p) -> tensor<7xf64>
  %b = theria.logsumexp %t dim = 1 : (!q) -> tensor<5xf16>
  %c = theria.logsumexp %u dim = 1 : (tensor<5x7xf64>) -> tensor<5xf64>
  return %a, %b, %c : tensor<7xf64>, tensor<5xf16>, tensor<5xf64>
}
