// RUN: theria-opt %s --theria-simplify --split-input-file | FileCheck %s
// What leaves a product with a factor, and what stays in it.

// A constant leaves as a row does.
// CHECK-LABEL: @constant(
// CHECK: %[[S:.*]] = theria.einsum "ij,jd->id" %arg0, %arg1
// CHECK-NEXT: arith.mulf %[[S]],
func.func @constant(%p: tensor<5x7xf64>, %x: tensor<7x4xf64>) -> tensor<5x4xf64> {
  %half = arith.constant dense<0.5> : tensor<5x7xf64>
  %h = arith.mulf %p, %half : tensor<5x7xf64>
  %r = theria.einsum "ij,jd->id" %h, %x : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  return %r : tensor<5x4xf64>
}

// A product or a sum that is a factor stays one.
// CHECK-LABEL: @product(
// CHECK: %[[U:.*]] = theria.einsum "i,j->ij" %arg1, %arg2
// CHECK: %[[P:.*]] = arith.mulf %{{.*}}, %{{.*}}
// CHECK: theria.einsum "ij,jd->id" %[[P]], %arg3
func.func @product(%p: tensor<5x7xf64>, %c: tensor<5xf64>, %w: tensor<7xf64>, %x: tensor<7x4xf64>) -> tensor<5x4xf64> {
  %u = theria.einsum "i,j->ij" %c, %w : (tensor<5xf64>, tensor<7xf64>) -> tensor<5x7xf64>
  %pu = arith.mulf %p, %u : tensor<5x7xf64>
  %r = theria.einsum "ij,jd->id" %pu, %x : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  return %r : tensor<5x4xf64>
}
// CHECK-LABEL: @sum(
// CHECK: %[[K:.*]] = theria.einsum "ija->ij" %arg1
// CHECK: %[[S:.*]] = theria.einsum "ij,ij,jd->id" %arg0, %[[K]], %arg3
// CHECK: theria.einsum "i,id->id" %arg2, %[[S]]
func.func @sum(%p: tensor<5x7xf64>, %t: tensor<5x7x3xf64>, %c: tensor<5xf64>, %x: tensor<7x4xf64>) -> tensor<5x4xf64> {
  %k = theria.einsum "ija->ij" %t : (tensor<5x7x3xf64>) -> tensor<5x7xf64>
  %n = theria.einsum "ij,ij,i->ij" %p, %k, %c : (tensor<5x7xf64>, tensor<5x7xf64>, tensor<5xf64>) -> tensor<5x7xf64>
  %r = theria.einsum "ij,jd->id" %n, %x : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  return %r : tensor<5x4xf64>
}

// A scalar stays where one of its uses sums nothing, or has a larger result.
// CHECK-LABEL: @used_without_a_sum(
// CHECK: %[[PS:.*]] = arith.mulf %arg0,
// CHECK: theria.einsum "ij,jd->id" %[[PS]], %arg2
func.func @used_without_a_sum(%p: tensor<5x7xf64>, %s: f64, %x: tensor<7x4xf64>, %c: tensor<5xf64>) -> (tensor<5x4xf64>, tensor<5x7xf64>) {
  %b = tensor.splat %s : tensor<5x7xf64>
  %ps = arith.mulf %p, %b : tensor<5x7xf64>
  %r = theria.einsum "ij,jd->id" %ps, %x : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  %t = theria.einsum "ij,i->ij" %ps, %c : (tensor<5x7xf64>, tensor<5xf64>) -> tensor<5x7xf64>
  return %r, %t : tensor<5x4xf64>, tensor<5x7xf64>
}
// CHECK-LABEL: @used_in_a_larger_result(
// CHECK: %[[PS:.*]] = arith.mulf %arg0,
// CHECK: theria.einsum "ij,jd->id" %[[PS]], %arg2
func.func @used_in_a_larger_result(%p: tensor<5x7xf64>, %s: f64, %x: tensor<7x4xf64>, %y: tensor<7x9xf64>) -> (tensor<5x4xf64>, tensor<5x9xf64>) {
  %b = tensor.splat %s : tensor<5x7xf64>
  %ps = arith.mulf %p, %b : tensor<5x7xf64>
  %r = theria.einsum "ij,jd->id" %ps, %x : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  %t = theria.einsum "ij,jd->id" %ps, %y : (tensor<5x7xf64>, tensor<7x9xf64>) -> tensor<5x9xf64>
  return %r, %t : tensor<5x4xf64>, tensor<5x9xf64>
}

// -----

!pair = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>

// What is left of pairs without their rows is not one of pairs.
// CHECK-LABEL: @columns(
// CHECK-NEXT: theria.einsum "jk->j" %arg1 : (tensor<7x3xf64>) -> tensor<7xf64>
func.func @columns(%a: tensor<5xf64>, %b: tensor<7x3xf64>) -> !pair {
  %r = theria.einsum "i,jk->ij" %a, %b : (tensor<5xf64>, tensor<7x3xf64>) -> !pair
  return %r : !pair
}
