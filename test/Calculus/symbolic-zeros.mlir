// RUN: theria-opt %s --theria-expand-calculus | FileCheck %s

// A tangent that is not there costs no operation: one contraction for the one tangent, beside the primal's.

func.func private @product(%a: tensor<5x3xf64>, %b: tensor<7x3xf64>) -> tensor<5x7xf64> {
  %s = theria.einsum "id,jd->ij" %a, %b : (tensor<5x3xf64>, tensor<7x3xf64>) -> tensor<5x7xf64>
  return %s : tensor<5x7xf64>
}

// CHECK-LABEL: @one_tangent(
// CHECK-SAME:    %[[A:.*]]: tensor<5x3xf64>, %[[B:.*]]: tensor<7x3xf64>, %[[T:.*]]: tensor<5x3xf64>
// CHECK-NEXT:    %[[Y:.*]] = theria.einsum "id,jd->ij" %[[A]], %[[B]]
// CHECK-NEXT:    %[[TY:.*]] = theria.einsum "id,jd->ij" %[[T]], %[[B]]
// CHECK-NEXT:    return %[[Y]], %[[TY]]
func.func @one_tangent(%a: tensor<5x3xf64>, %b: tensor<7x3xf64>, %t: tensor<5x3xf64>) -> (tensor<5x7xf64>, tensor<5x7xf64>) {
  %y, %ty = theria.jvp @product(%a, %b) tangents(%t) wrt = [0]
    : (tensor<5x3xf64>, tensor<7x3xf64>) -> (tensor<5x7xf64>, tensor<5x7xf64>)
  return %y, %ty : tensor<5x7xf64>, tensor<5x7xf64>
}

// What only an unused result needs is not computed.
// CHECK-LABEL: @one_cotangent(
// CHECK-SAME:    %[[A:.*]]: tensor<5x3xf64>, %[[B:.*]]: tensor<7x3xf64>, %[[G:.*]]: tensor<5x7xf64>
// CHECK-NEXT:    %[[GB:.*]] = theria.einsum "id,ij->jd" %[[A]], %[[G]]
// CHECK-NEXT:    return %[[GB]]
func.func @one_cotangent(%a: tensor<5x3xf64>, %b: tensor<7x3xf64>, %g: tensor<5x7xf64>) -> tensor<7x3xf64> {
  %y, %ga, %gb = theria.vjp @product(%a, %b) cotangents(%g)
    : (tensor<5x3xf64>, tensor<7x3xf64>) -> (tensor<5x7xf64>, tensor<5x3xf64>, tensor<7x3xf64>)
  return %gb : tensor<7x3xf64>
}

func.func private @constant(%x: tensor<4xf64>) -> tensor<4xf64> {
  %f = math.floor %x : tensor<4xf64>
  %s = theria.stop_gradient %x : tensor<4xf64>
  %y = arith.mulf %f, %s : tensor<4xf64>
  return %y : tensor<4xf64>
}

// Locally constant operations and stop_gradient have no tangent at all; zeros are made at the boundary only.
// CHECK-LABEL: @locally_constant(
// CHECK-NEXT:    %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : tensor<4xf64>
// CHECK-NEXT:    return %[[ZERO]]
func.func @locally_constant(%x: tensor<4xf64>, %t: tensor<4xf64>) -> tensor<4xf64> {
  %y, %ty = theria.jvp @constant(%x) tangents(%t) : (tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %ty : tensor<4xf64>
}
