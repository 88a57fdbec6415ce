// A mask chooses between a term and what changes no result, so that the combination comes last and can run in vectors.
// RUN: theria-opt %s --theria-lower-reductions | FileCheck %s

// CHECK-LABEL: func.func @max
// CHECK: ^bb0(%[[X:.*]]: f32, %[[LIVE:.*]]: i1, %[[BEFORE:.*]]: f32):
// CHECK: %[[NONE:.*]] = arith.constant 0xFF800000 : f32
// CHECK: %[[TERM:.*]] = arith.select %[[LIVE]], %[[X]], %[[NONE]] : f32
// CHECK: %[[NEXT:.*]] = arith.maximumf %[[BEFORE]], %[[TERM]] : f32
// CHECK: linalg.yield %[[NEXT]] : f32
func.func @max(%x: tensor<3x4xf32>, %live: tensor<3x4xi1>) -> tensor<3xf32> {
  %max = theria.reduce_max %x dim = 1 where %live : (tensor<3x4xf32>, tensor<3x4xi1>) -> tensor<3xf32>
  return %max : tensor<3xf32>
}

// CHECK-LABEL: func.func @sum
// CHECK: %[[EXP:.*]] = math.exp
// CHECK: %[[TERM:.*]] = arith.select %{{.*}}, %[[EXP]], %{{.*}} : f32
// CHECK: %[[NEXT:.*]] = arith.addf %{{.*}}, %[[TERM]] : f32
// CHECK: linalg.yield %[[NEXT]] : f32
func.func @sum(%x: tensor<3x4xf32>, %live: tensor<3x4xi1>) -> tensor<3xf32> {
  %lse = theria.logsumexp %x dim = 1 where %live : (tensor<3x4xf32>, tensor<3x4xi1>) -> tensor<3xf32>
  return %lse : tensor<3xf32>
}
