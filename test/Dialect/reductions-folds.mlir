// RUN: theria-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @mask_of_true(
// CHECK: theria.logsumexp %{{.*}} dim = 0 : (tensor<4xf32>) -> tensor<f32>
// CHECK: theria.reduce_max %{{.*}} dim = 0 : (tensor<4xf32>) -> tensor<f32>
func.func @mask_of_true(%x: tensor<4xf32>) -> (tensor<f32>, tensor<f32>) {
  %m = arith.constant dense<true> : tensor<4xi1>
  %l = theria.logsumexp %x dim = 0 where %m : (tensor<4xf32>, tensor<4xi1>) -> tensor<f32>
  %r = theria.reduce_max %x dim = 0 where %m : (tensor<4xf32>, tensor<4xi1>) -> tensor<f32>
  return %l, %r : tensor<f32>, tensor<f32>
}

// CHECK-LABEL: func.func @mask_of_false(
// CHECK: %[[EMPTY:.*]] = arith.constant dense<0xFF800000> : tensor<f32>
// CHECK: return %[[EMPTY]], %[[EMPTY]] :
func.func @mask_of_false(%x: tensor<4xf32>) -> (tensor<f32>, tensor<f32>) {
  %m = arith.constant dense<false> : tensor<4xi1>
  %l = theria.logsumexp %x dim = 0 where %m : (tensor<4xf32>, tensor<4xi1>) -> tensor<f32>
  %r = theria.reduce_max %x dim = 0 where %m : (tensor<4xf32>, tensor<4xi1>) -> tensor<f32>
  return %l, %r : tensor<f32>, tensor<f32>
}

// CHECK-LABEL: func.func @max_of_a_constant(
// CHECK: arith.constant dense<3.000000e+00> : tensor<2xf32>
func.func @max_of_a_constant() -> tensor<2xf32> {
  %c = arith.constant dense<3.0> : tensor<2x4xf32>
  %r = theria.reduce_max %c dim = 1 : (tensor<2x4xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// Of no elements the maximum is −∞.
// CHECK-LABEL: func.func @max_of_nothing(
// CHECK: theria.reduce_max
func.func @max_of_nothing() -> tensor<2xf32> {
  %c = arith.constant dense<3.0> : tensor<2x0xf32>
  %r = theria.reduce_max %c dim = 1 : (tensor<2x0xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// CHECK-LABEL: func.func @max_of_what_may_be_nothing(
// CHECK: theria.reduce_max
// CHECK: theria.reduce_max
func.func @max_of_what_may_be_nothing(%n: index) -> (tensor<f32>, tensor<f32>) {
  %c = arith.constant 3.0 : f32
  %s = tensor.splat %c[%n] : tensor<?xf32>
  %r = theria.reduce_max %s dim = 0 : (tensor<?xf32>) -> tensor<f32>
  %t = tensor.splat %c : tensor<0xf32>
  %u = theria.reduce_max %t dim = 0 : (tensor<0xf32>) -> tensor<f32>
  return %r, %u : tensor<f32>, tensor<f32>
}
