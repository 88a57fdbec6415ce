// RUN: theria-opt %s | theria-opt | FileCheck %s
// RUN: theria-opt %s --mlir-print-op-generic | theria-opt | FileCheck %s

// CHECK-LABEL: func.func @both
// CHECK: %lse = theria.logsumexp %{{.*}} dim = 1 : (tensor<5x?xf64>) -> tensor<5xf64>
// CHECK: %max = theria.reduce_max %{{.*}} dim = 0 : (tensor<5x?xf64>) -> tensor<?xf64>
func.func @both(%s: tensor<5x?xf64>) -> (tensor<5xf64>, tensor<?xf64>) {
  %l = theria.logsumexp %s dim = 1 : (tensor<5x?xf64>) -> tensor<5xf64>
  %x = theria.reduce_max %s dim = 0 : (tensor<5x?xf64>) -> tensor<?xf64>
  return %l, %x : tensor<5xf64>, tensor<?xf64>
}

// CHECK-LABEL: func.func @masked
// CHECK: theria.logsumexp %{{.*}} dim = 0 where %{{.*}} : (tensor<7xf16>, tensor<7xi1>) -> tensor<f16>
// CHECK: theria.reduce_max %{{.*}} dim = 0 where %{{.*}} : (tensor<7xf16>, tensor<7xi1>) -> tensor<f16>
func.func @masked(%s: tensor<7xf16>, %m: tensor<7xi1>) -> (tensor<f16>, tensor<f16>) {
  %l = theria.logsumexp %s dim = 0 where %m : (tensor<7xf16>, tensor<7xi1>) -> tensor<f16>
  %x = theria.reduce_max %s dim = 0 where %m : (tensor<7xf16>, tensor<7xi1>) -> tensor<f16>
  return %l, %x : tensor<f16>, tensor<f16>
}

// Over keys the result is dense; over another dimension it is a pair tensor still.
!p = tensor<2x5x7xf32, #theria.pair<rows = 1, cols = 2>>
// CHECK-LABEL: func.func @of_pairs
// CHECK: theria.logsumexp %{{.*}} dim = 2 : {{.*}} -> tensor<2x5xf32>
// CHECK: theria.reduce_max %{{.*}} dim = 0 : {{.*}} -> tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>>
func.func @of_pairs(%s: !p) -> (tensor<2x5xf32>, tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>>) {
  %l = theria.logsumexp %s dim = 2 : (!p) -> tensor<2x5xf32>
  %x = theria.reduce_max %s dim = 0 : (!p) -> tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>>
  return %l, %x : tensor<2x5xf32>, tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>>
}
