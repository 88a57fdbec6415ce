// RUN: theria-opt %s --theria-simplify --split-input-file | FileCheck %s
// Which factors of a product leave the sum that uses it: those of what multiplies, where the result is smaller.

// CHECK-LABEL: @negation(
// CHECK-NEXT: %[[S:.*]] = theria.einsum "ij,jd->id" %arg0, %arg1
// CHECK-NEXT: arith.negf %[[S]] :
func.func @negation(%p: tensor<5x7xf64>, %x: tensor<7x4xf64>) -> tensor<5x4xf64> {
  %n = arith.negf %p : tensor<5x7xf64>
  %r = theria.einsum "ij,jd->id" %n, %x : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  return %r : tensor<5x4xf64>
}

// CHECK-LABEL: @einsum(
// CHECK-NEXT: %[[S:.*]] = theria.einsum "ij,jd->id" %arg0, %arg2
// CHECK-NEXT: theria.einsum "i,id->id" %arg1, %[[S]] :
func.func @einsum(%p: tensor<5x7xf64>, %c: tensor<5xf64>, %x: tensor<7x4xf64>) -> tensor<5x4xf64> {
  %pc = theria.einsum "ij,i->ij" %p, %c : (tensor<5x7xf64>, tensor<5xf64>) -> tensor<5x7xf64>
  %r = theria.einsum "ij,jd->id" %pc, %x : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  return %r : tensor<5x4xf64>
}

// Where the result is as large, nothing is won.
// CHECK-LABEL: @as_large(
// CHECK: %[[PC:.*]] = arith.mulf
// CHECK: theria.einsum "ij,jd->id" %[[PC]], %arg2
func.func @as_large(%p: tensor<5x4xf64>, %c: tensor<5xf64>, %x: tensor<4x4xf64>) -> tensor<5x4xf64> {
  %b = theria.einsum "i->ij" %c : (tensor<5xf64>) -> tensor<5x4xf64>
  %pc = arith.mulf %p, %b : tensor<5x4xf64>
  %r = theria.einsum "ij,jd->id" %pc, %x : (tensor<5x4xf64>, tensor<4x4xf64>) -> tensor<5x4xf64>
  return %r : tensor<5x4xf64>
}

// -----

!pair = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>

// What has the columns of pairs and no rows is not one of pairs: it is multiplied after them, however large it is.
// CHECK-LABEL: @columns_after_pairs(
// CHECK-NEXT: %[[S:.*]] = theria.einsum "ij,id->jd" %arg0, %arg2
// CHECK-NEXT: theria.einsum "j,jd->jd" %arg1, %[[S]] :
func.func @columns_after_pairs(%p: !pair, %c: tensor<7xf64>, %y: tensor<5x90xf64>) -> tensor<7x90xf64> {
  %b = theria.einsum "j->ij" %c : (tensor<7xf64>) -> !pair
  %pc = arith.mulf %p, %b : !pair
  %r = theria.einsum "ij,id->jd" %pc, %y : (!pair, tensor<5x90xf64>) -> tensor<7x90xf64>
  return %r : tensor<7x90xf64>
}

// -----

!mask = tensor<5x7xi1>

// Nothing leaves a sum: Σ_k would be taken anew for every d.
// CHECK-LABEL: @contraction(
// CHECK-NEXT: %[[S:.*]] = theria.einsum "i,kj->ij" %arg0, %arg1 where "ij" %arg4
// CHECK-NEXT: theria.einsum "ij,ij,jd->id" %[[S]], %arg2, %arg3 where "ij" %arg4
func.func @contraction(%c: tensor<5xf64>, %b: tensor<3x7xf64>, %p: tensor<5x7xf64>, %x: tensor<7x4xf64>, %m: !mask) -> tensor<5x4xf64> {
  %s = theria.einsum "i,kj->ij" %c, %b where "ij" %m : (tensor<5xf64>, tensor<3x7xf64>, !mask) -> tensor<5x7xf64>
  %r = theria.einsum "ij,ij,jd->id" %s, %p, %x where "ij" %m : (tensor<5x7xf64>, tensor<5x7xf64>, tensor<7x4xf64>, !mask) -> tensor<5x4xf64>
  return %r : tensor<5x4xf64>
}
