// RUN: theria-opt %s --theria-symmetrise --split-input-file | FileCheck %s
// Derivatives of functions that return some of the results of a derivative, or hold constants.

// A gradient: a constant cotangent, and only some results. What is not returned has no cotangent, so no tangent; the
// wrapper of the vjp is made anew.
func.func private @loss(%x: tensor<4xf64>, %y: f64) -> f64 {
  return %y : f64
}
func.func private @gradient(%x: tensor<4xf64>, %y: f64) -> tensor<4xf64> {
  %one = arith.constant 1.0 : f64
  %r:3 = theria.vjp @loss(%x, %y) cotangents(%one) : (tensor<4xf64>, f64) -> (f64, tensor<4xf64>, f64)
  return %r#1 : tensor<4xf64>
}
// CHECK-LABEL: func.func @hessian_product
func.func @hessian_product(%x: tensor<4xf64>, %y: f64, %w: tensor<4xf64>) -> (tensor<4xf64>, f64) {
  // CHECK: %[[ONE:.*]] = arith.constant 1.0
  // CHECK: %[[R:.*]]:6 = theria.jvp @loss.vjp(%arg0, %arg1, %[[ONE]]) tangents(%arg2) wrt = [0]
  // CHECK: return %[[R]]#4, %[[R]]#5
  %r:3 = theria.vjp @gradient(%x, %y) cotangents(%w) : (tensor<4xf64>, f64) -> (tensor<4xf64>, tensor<4xf64>, f64)
  return %r#1, %r#2 : tensor<4xf64>, f64
}

// -----

// The cotangent of a tangent that is not returned would be a primal: left as it is.
func.func private @f(%x: f64, %y: f64) -> (f64, f64) {
  return %y, %x : f64, f64
}
func.func private @jvp(%x: f64, %y: f64, %a: f64, %b: f64) -> f64 {
  %r:4 = theria.jvp @f(%x, %y) tangents(%a, %b) : (f64, f64) -> (f64, f64, f64, f64)
  return %r#2 : f64
}
// CHECK-LABEL: func.func @one_tangent
func.func @one_tangent(%x: f64, %y: f64, %a: f64, %b: f64, %w: f64) -> f64 {
  // CHECK: theria.vjp @jvp
  %r:5 = theria.vjp @jvp(%x, %y, %a, %b) cotangents(%w) : (f64, f64, f64, f64) -> (f64, f64, f64, f64, f64)
  return %r#1 : f64
}
