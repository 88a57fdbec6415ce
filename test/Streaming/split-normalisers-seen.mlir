// RUN: theria-opt %s --theria-split-normalisers --cse | FileCheck %s
// Under a mask, exp(s − c) is exp(s) where the mask does not hold: it is not divided where that is seen.

!p = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
!m = tensor<5x7xi1, #theria.pair<rows = 0, cols = 1>>
!r = tensor<5xf64>

// CHECK-LABEL: func.func @in_a_maximum(
// CHECK-NOT: arith.divf
// CHECK: return
func.func @in_a_maximum(%s: !p, %m: !m) -> !r {
  %infinity = arith.constant dense<0xFFF0000000000000> : !r
  %zero = arith.constant dense<0.0> : !r
  %lse = theria.logsumexp %s dim = 1 where %m : (!p, !m) -> !r
  %empty = arith.cmpf oeq, %lse, %infinity : !r
  %c = arith.select %empty, %zero, %lse : tensor<5xi1>, !r
  %b = theria.einsum "i->ij" %c where "ij" %m : (!r, !m) -> !p
  %d = arith.subf %s, %b : !p
  %e = math.exp %d : !p
  %square = arith.mulf %e, %e : !p
  %o = theria.reduce_max %square dim = 1 : (!p) -> !r
  return %o : !r
}

// CHECK-LABEL: func.func @in_rows(
// CHECK-NOT: arith.divf
// CHECK: return
func.func @in_rows(%s: !p, %m: !m) -> !r {
  %infinity = arith.constant dense<0xFFF0000000000000> : !r
  %zero = arith.constant dense<0.0> : !r
  %lse = theria.logsumexp %s dim = 1 where %m : (!p, !m) -> !r
  %empty = arith.cmpf oeq, %lse, %infinity : !r
  %c = arith.select %empty, %zero, %lse : tensor<5xi1>, !r
  %b = theria.einsum "i->ij" %c where "ij" %m : (!r, !m) -> !p
  %d = arith.subf %s, %b : !p
  %e = math.exp %d : !p
  %rows = theria.einsum "ij->i" %e : (!p) -> !r
  %pairs = theria.einsum "i->ij" %rows where "ij" %m : (!r, !m) -> !p
  %o = theria.einsum "ij->i" %pairs where "ij" %m : (!p, !m) -> !r
  return %o : !r
}

// CHECK-LABEL: func.func @in_a_mask(
// CHECK-NOT: arith.divf
// CHECK: return
func.func @in_a_mask(%s: !p, %m: !m) -> !r {
  %infinity = arith.constant dense<0xFFF0000000000000> : !r
  %zero = arith.constant dense<0.0> : !r
  %lse = theria.logsumexp %s dim = 1 where %m : (!p, !m) -> !r
  %empty = arith.cmpf oeq, %lse, %infinity : !r
  %c = arith.select %empty, %zero, %lse : tensor<5xi1>, !r
  %b = theria.einsum "i->ij" %c where "ij" %m : (!r, !m) -> !p
  %d = arith.subf %s, %b : !p
  %e = math.exp %d : !p
  %large = arith.constant dense<0.5> : !p
  %is_large = arith.cmpf ogt, %e, %large : !p
  %n = arith.andi %is_large, %m : !m
  %o = theria.einsum "ij->i" %s where "ij" %n : (!p, !m) -> !r
  return %o : !r
}

// CHECK-LABEL: func.func @as_it_is(
// CHECK-NOT: arith.divf
// CHECK: return
func.func @as_it_is(%s: !p, %m: !m) -> !p {
  %infinity = arith.constant dense<0xFFF0000000000000> : !r
  %zero = arith.constant dense<0.0> : !r
  %lse = theria.logsumexp %s dim = 1 where %m : (!p, !m) -> !r
  %empty = arith.cmpf oeq, %lse, %infinity : !r
  %c = arith.select %empty, %zero, %lse : tensor<5xi1>, !r
  %b = theria.einsum "i->ij" %c where "ij" %m : (!r, !m) -> !p
  %d = arith.subf %s, %b : !p
  %e = math.exp %d : !p
  return %e : !p
}

// Without a mask of the shift it is divided everywhere.
// CHECK-LABEL: func.func @everywhere(
// CHECK: arith.divf
func.func @everywhere(%s: !p, %m: !m) -> !r {
  %infinity = arith.constant dense<0xFFF0000000000000> : !r
  %zero = arith.constant dense<0.0> : !r
  %lse = theria.logsumexp %s dim = 1 where %m : (!p, !m) -> !r
  %empty = arith.cmpf oeq, %lse, %infinity : !r
  %c = arith.select %empty, %zero, %lse : tensor<5xi1>, !r
  %b = theria.einsum "i->ij" %c : (!r) -> !p
  %d = arith.subf %s, %b : !p
  %e = math.exp %d : !p
  %o = theria.einsum "ij->i" %e : (!p) -> !r
  return %o : !r
}
