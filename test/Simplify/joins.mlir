// RUN: theria-opt %s --theria-simplify | FileCheck %s
// Einsums that join the einsum that uses them, and one that does not.

// A product that is an einsum joins a row sum as arith.mulf does.
// CHECK-LABEL: @product(
// CHECK-NEXT: theria.einsum "ij,j->i" %arg0, %arg1 :
// CHECK-NEXT: return
func.func @product(%x: tensor<3x4xf64>, %c: tensor<4xf64>) -> tensor<3xf64> {
  %p = theria.einsum "ij,j->ij" %x, %c : (tensor<3x4xf64>, tensor<4xf64>) -> tensor<3x4xf64>
  %s = theria.einsum "ij->i" %p : (tensor<3x4xf64>) -> tensor<3xf64>
  return %s : tensor<3xf64>
}

// A label that is summed inside gets another name where the outer sum has one of that name.
// CHECK-LABEL: @summed_twice(
// CHECK-NEXT: theria.einsum "{{ja|ab}}->" %arg0 :
// CHECK-NEXT: return
func.func @summed_twice(%x: tensor<4x3xf64>) -> tensor<f64> {
  %t = theria.einsum "kj->k" %x : (tensor<4x3xf64>) -> tensor<4xf64>
  %s = theria.einsum "j->" %t : (tensor<4xf64>) -> tensor<f64>
  return %s : tensor<f64>
}

// A transpose without a mask joins an einsum under one.
// CHECK-LABEL: @under_a_mask(
// CHECK-NEXT: theria.einsum "ji,jd->id" %arg0, %arg1 where "ij" %arg2 :
// CHECK-NEXT: return
func.func @under_a_mask(%x: tensor<7x5xf64>, %v: tensor<7x4xf64>, %m: tensor<5x7xi1>) -> tensor<5x4xf64> {
  %t = theria.einsum "ji->ij" %x : (tensor<7x5xf64>) -> tensor<5x7xf64>
  %r = theria.einsum "ij,jd->id" %t, %v where "ij" %m : (tensor<5x7xf64>, tensor<7x4xf64>, tensor<5x7xi1>) -> tensor<5x4xf64>
  return %r : tensor<5x4xf64>
}

// What is masked by one mask does not join a sum under another, also where it is the only operand.
// CHECK-LABEL: @two_masks(
// CHECK-NEXT: %[[S:.*]] = theria.einsum "ij->ij" %arg0 where "ij" %arg1 :
// CHECK-NEXT: theria.einsum "ij->i" %[[S]] where "ij" %arg2 :
func.func @two_masks(%x: tensor<5x7xf64>, %m: tensor<5x7xi1>, %n: tensor<5x7xi1>) -> tensor<5xf64> {
  %s = theria.einsum "ij->ij" %x where "ij" %m : (tensor<5x7xf64>, tensor<5x7xi1>) -> tensor<5x7xf64>
  %r = theria.einsum "ij->i" %s where "ij" %n : (tensor<5x7xf64>, tensor<5x7xi1>) -> tensor<5xf64>
  return %r : tensor<5xf64>
}
