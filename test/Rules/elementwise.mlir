// RUN: theria-opt %s --theria-expand-calculus --cse | FileCheck %s

// What the rules of elementwise operations emit: no operation for a tangent that is not there, none for a factor of one.

func.func private @sum(%a: f64, %b: f64) -> f64 {
  %y = arith.subf %a, %b : f64
  return %y : f64
}
// CHECK-LABEL: @jvp_sum
// CHECK: arith.subf %[[A:.*]], %{{.*}} : f64
// CHECK-NEXT: %[[T:.*]] = arith.subf %{{.*}}, %{{.*}} : f64
// CHECK-NEXT: return %{{.*}}, %[[T]]
func.func @jvp_sum(%a: f64, %b: f64, %ta: f64, %tb: f64) -> (f64, f64) {
  %y, %t = theria.jvp @sum(%a, %b) tangents(%ta, %tb) : (f64, f64) -> (f64, f64)
  return %y, %t : f64, f64
}
// CHECK-LABEL: @jvp_sum_second
// CHECK: arith.subf
// CHECK-NEXT: %[[T:.*]] = arith.negf %{{.*}} : f64
// CHECK-NEXT: return %{{.*}}, %[[T]]
func.func @jvp_sum_second(%a: f64, %b: f64, %tb: f64) -> (f64, f64) {
  %y, %t = theria.jvp @sum(%a, %b) tangents(%tb) wrt = [1] : (f64, f64) -> (f64, f64)
  return %y, %t : f64, f64
}

// Terms that select on one condition are one select.
func.func private @choice(%m: tensor<?xi1>, %a: tensor<?xf32>, %b: tensor<?xf32>) -> tensor<?xf32> {
  %y = arith.select %m, %a, %b : tensor<?xi1>, tensor<?xf32>
  return %y : tensor<?xf32>
}
// CHECK-LABEL: @jvp_choice
// CHECK-SAME: %[[M:.*]]: tensor<?xi1>, %[[A:.*]]: tensor<?xf32>, %[[B:.*]]: tensor<?xf32>, %[[TA:.*]]: tensor<?xf32>, %[[TB:.*]]: tensor<?xf32>
// CHECK: theria.check %{{.*}}, "expected a tangent of argument 2
// CHECK-NEXT: arith.select %[[M]], %[[A]], %[[B]]
// CHECK-NEXT: arith.select %[[M]], %[[TA]], %[[TB]]
// CHECK-NEXT: return
func.func @jvp_choice(%m: tensor<?xi1>, %a: tensor<?xf32>, %b: tensor<?xf32>, %ta: tensor<?xf32>, %tb: tensor<?xf32>)
    -> (tensor<?xf32>, tensor<?xf32>) {
  %y, %t = theria.jvp @choice(%m, %a, %b) tangents(%ta, %tb)
         : (tensor<?xi1>, tensor<?xf32>, tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>)
  return %y, %t : tensor<?xf32>, tensor<?xf32>
}
// Each cotangent is selected, not multiplied by zero; its zeros have the size of what stays.
// CHECK-LABEL: @vjp_choice
// CHECK-SAME: %[[M:.*]]: tensor<?xi1>, %[[A:.*]]: tensor<?xf32>, %[[B:.*]]: tensor<?xf32>, %[[G:.*]]: tensor<?xf32>
// CHECK-NOT: mulf
// CHECK: %[[ZERO:.*]] = tensor.splat
// CHECK: arith.select %[[M]], %[[G]], %[[ZERO]]
// CHECK: arith.select %[[M]], %{{.*}}, %[[G]]
// CHECK: return
func.func @vjp_choice(%m: tensor<?xi1>, %a: tensor<?xf32>, %b: tensor<?xf32>, %g: tensor<?xf32>)
    -> (tensor<?xf32>, tensor<?xf32>) {
  %y, %ga, %gb = theria.vjp @choice(%m, %a, %b) cotangents(%g)
               : (tensor<?xi1>, tensor<?xf32>, tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>, tensor<?xf32>)
  return %ga, %gb : tensor<?xf32>, tensor<?xf32>
}

// A quotient is linear in its numerator.
func.func private @quotient(%a: f32, %b: f32) -> f32 {
  %y = arith.divf %a, %b : f32
  return %y : f32
}
// CHECK-LABEL: @vjp_quotient
// CHECK-SAME: %[[A:.*]]: f32, %[[B:.*]]: f32, %[[G:.*]]: f32
// CHECK-NEXT: %[[GA:.*]] = arith.divf %[[G]], %[[B]]
// CHECK-NEXT: return %[[GA]] :
func.func @vjp_quotient(%a: f32, %b: f32, %g: f32) -> f32 {
  %y, %ga = theria.vjp @quotient(%a, %b) cotangents(%g) wrt = [0] : (f32, f32) -> (f32, f32)
  return %ga : f32
}

// Tangents of pair tensors are pair tensors.
!pair = tensor<4x6xf32, #theria.pair<rows = 0, cols = 1>>
func.func private @relu(%x: !pair) -> !pair {
  %zero = arith.constant dense<0.0> : !pair
  %y = arith.maximumf %x, %zero : !pair
  return %y : !pair
}
// CHECK-LABEL: @jvp_relu
// CHECK: arith.cmpf oeq, {{.*}} : tensor<4x6xf32, #theria.pair<rows = 0, cols = 1>>
// CHECK: arith.select {{.*}} tensor<4x6xf32, #theria.pair<rows = 0, cols = 1>>
func.func @jvp_relu(%x: !pair, %t: !pair) -> !pair {
  %y, %ty = theria.jvp @relu(%x) tangents(%t) : (!pair) -> (!pair, !pair)
  return %ty : !pair
}
