// RUN: theria-opt %s --theria-simplify --split-input-file | FileCheck %s
// What is made of sums under a mask is 0 on rows without a live pair, and needs no mask of its own.

!pair = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
!mask = tensor<5x7xi1, #theria.pair<rows = 0, cols = 1>>

// CHECK-LABEL: @difference_of_sums(
// CHECK-NOT: where "i"
// CHECK: return
func.func @difference_of_sums(%p: !pair, %q: !pair, %m: !mask) -> (tensor<5xf64>, tensor<5xf64>) {
  %s = theria.einsum "ij->i" %p where "ij" %m : (!pair, !mask) -> tensor<5xf64>
  %t = theria.einsum "ij->i" %q where "ij" %m : (!pair, !mask) -> tensor<5xf64>
  %k = arith.subf %s, %t : tensor<5xf64>
  %r = theria.einsum "ij,i->i" %p, %k where "ij" %m : (!pair, tensor<5xf64>, !mask) -> tensor<5xf64>
  return %r, %s : tensor<5xf64>, tensor<5xf64>
}

// A row that holds anything may be NaN where it is subtracted.
// CHECK-LABEL: @difference_of_a_row(
// CHECK: %[[K:.*]] = arith.subf %{{.*}}, %arg1
// CHECK: %[[LIVE:.*]] = arith.cmpf une
// CHECK: theria.einsum "i,i->i" %[[K]], %{{.*}} where "i" %[[LIVE]]
func.func @difference_of_a_row(%p: !pair, %c: tensor<5xf64>, %q: !pair, %m: !mask) -> (tensor<5xf64>, tensor<5xf64>) {
  %s = theria.einsum "ij->i" %q where "ij" %m : (!pair, !mask) -> tensor<5xf64>
  %k = arith.subf %s, %c : tensor<5xf64>
  %r = theria.einsum "ij,i->i" %p, %k where "ij" %m : (!pair, tensor<5xf64>, !mask) -> tensor<5xf64>
  return %r, %s : tensor<5xf64>, tensor<5xf64>
}

// -----

!pair = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
!mask = tensor<5x7xi1, #theria.pair<rows = 0, cols = 1>>

// What is under a mask already is multiplied as it is.
// CHECK-LABEL: @masked_again(
// CHECK: %[[S:.*]] = theria.einsum "id,jd->ij" %arg0, %arg1 where "ij" %arg2
// CHECK-NEXT: arith.mulf %[[S]],
func.func @masked_again(%r: tensor<5x4xf64>, %c: tensor<7x4xf64>, %m: !mask) -> !pair {
  %s = theria.einsum "id,jd->ij" %r, %c where "ij" %m : (tensor<5x4xf64>, tensor<7x4xf64>, !mask) -> !pair
  %two = arith.constant dense<2.0> : !pair
  %t = theria.einsum "ij,ij->ij" %s, %two where "ij" %m : (!pair, !pair, !mask) -> !pair
  return %t : !pair
}
