// RUN: theria-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @identity(
// CHECK-SAME: %[[X:.*]]: tensor<?x3xf32>
// CHECK-NEXT: return %[[X]] :
func.func @identity(%x: tensor<?x3xf32>) -> tensor<?x3xf32> {
  %y = theria.einsum "ab->ab" %x : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %y : tensor<?x3xf32>
}

// The same type is not the same tensor.
// CHECK-LABEL: func.func @transpose(
// CHECK: theria.einsum "ab->ba"
func.func @transpose(%x: tensor<3x3xf32>) -> tensor<3x3xf32> {
  %y = theria.einsum "ab->ba" %x : (tensor<3x3xf32>) -> tensor<3x3xf32>
  return %y : tensor<3x3xf32>
}

// CHECK-LABEL: func.func @masked_identity(
// CHECK: theria.einsum "ab->ab" %{{.*}} where "ab"
func.func @masked_identity(%x: tensor<3x3xf32>, %m: tensor<3x3xi1>) -> tensor<3x3xf32> {
  %y = theria.einsum "ab->ab" %x where "ab" %m : (tensor<3x3xf32>, tensor<3x3xi1>) -> tensor<3x3xf32>
  return %y : tensor<3x3xf32>
}

// CHECK-LABEL: func.func @broadcast_of_a_constant(
// CHECK: %[[C:.*]] = arith.constant dense<2.500000e+00> : tensor<3x4xf32, #theria.pair<rows = 0, cols = 1>>
// CHECK: return %[[C]] :
func.func @broadcast_of_a_constant() -> tensor<3x4xf32, #theria.pair<rows = 0, cols = 1>> {
  %c = arith.constant dense<2.5> : tensor<f32>
  %y = theria.einsum "->ij" %c : (tensor<f32>) -> tensor<3x4xf32, #theria.pair<rows = 0, cols = 1>>
  return %y : tensor<3x4xf32, #theria.pair<rows = 0, cols = 1>>
}

// A sum of a constant is not the constant.
// CHECK-LABEL: func.func @sum_of_a_constant(
// CHECK: theria.einsum "i->"
func.func @sum_of_a_constant() -> tensor<f32> {
  %c = arith.constant dense<2.5> : tensor<4xf32>
  %y = theria.einsum "i->" %c : (tensor<4xf32>) -> tensor<f32>
  return %y : tensor<f32>
}

// CHECK-LABEL: func.func @mask_of_true(
// CHECK: theria.einsum "i,i->" %{{.*}}, %{{.*}} : (tensor<4xf32>, tensor<4xf32>) -> tensor<f32>
func.func @mask_of_true(%x: tensor<4xf32>) -> tensor<f32> {
  %m = arith.constant dense<true> : tensor<4xi1>
  %y = theria.einsum "i,i->" %x, %x where "i" %m : (tensor<4xf32>, tensor<4xf32>, tensor<4xi1>) -> tensor<f32>
  return %y : tensor<f32>
}

// CHECK-LABEL: func.func @dynamic_mask_of_true(
// CHECK-SAME: %[[X:.*]]: tensor<?xf32>
// CHECK-NEXT: return %[[X]] :
func.func @dynamic_mask_of_true(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %true = arith.constant true
  %m = tensor.splat %true[%n] : tensor<?xi1>
  %y = theria.einsum "i->i" %x where "i" %m : (tensor<?xf32>, tensor<?xi1>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}

// Nothing is summed, NaN in the operand or not.
// CHECK-LABEL: func.func @mask_of_false(
// CHECK: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK: return %[[ZERO]] :
func.func @mask_of_false(%x: tensor<4xf32>) -> tensor<4xf32> {
  %m = arith.constant dense<false> : tensor<4xi1>
  %y = theria.einsum "i->i" %x where "i" %m : (tensor<4xf32>, tensor<4xi1>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
