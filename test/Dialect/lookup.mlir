// RUN: theria-opt %s | theria-opt | FileCheck %s
// RUN: theria-opt %s --mlir-print-op-generic | theria-opt | FileCheck %s

// CHECK-LABEL: func.func @coord
// CHECK: %coord = theria.coord dim = 1 : tensor<2x3xi32>
// CHECK: %{{.*}} = theria.coord dim = 1 sizes(%{{.*}}, %{{.*}}) offset(%{{.*}}) : tensor<?x?xindex>
// CHECK: %{{.*}} = theria.coord dim = 0 : tensor<5x7xindex, #theria.pair<rows = 0, cols = 1>>
func.func @coord(%n: index, %m: index, %o: index)
    -> (tensor<2x3xi32>, tensor<?x?xindex>, tensor<5x7xindex, #theria.pair<rows = 0, cols = 1>>) {
  %i = theria.coord dim = 1 : tensor<2x3xi32>
  %j = theria.coord dim = 1 sizes(%n, %m) offset(%o) : tensor<?x?xindex>
  %k = theria.coord dim = 0 : tensor<5x7xindex, #theria.pair<rows = 0, cols = 1>>
  return %i, %j, %k : tensor<2x3xi32>, tensor<?x?xindex>, tensor<5x7xindex, #theria.pair<rows = 0, cols = 1>>
}

// CHECK-LABEL: func.func @gather
// CHECK: theria.gather %{{.*}}[%{{.*}}, %{{.*}}] : (tensor<8x31xf32>, tensor<5x7xindex>, tensor<5x7xindex>) -> tensor<5x7xf32>
// CHECK: theria.gather %{{.*}}[%{{.*}}, %{{.*}}] where %{{.*}} : (tensor<8x31xf32>, tensor<5x7xindex>, tensor<5x7xindex>, tensor<5x7xi1>) -> tensor<5x7xf32>
func.func @gather(%t: tensor<8x31xf32>, %i: tensor<5x7xindex>, %m: tensor<5x7xi1>) -> (tensor<5x7xf32>, tensor<5x7xf32>) {
  %g = theria.gather %t[%i, %i] : (tensor<8x31xf32>, tensor<5x7xindex>, tensor<5x7xindex>) -> tensor<5x7xf32>
  %h = theria.gather %t[%i, %i] where %m
     : (tensor<8x31xf32>, tensor<5x7xindex>, tensor<5x7xindex>, tensor<5x7xi1>) -> tensor<5x7xf32>
  return %g, %h : tensor<5x7xf32>, tensor<5x7xf32>
}

// A table of rank 0 has no indices.
// CHECK-LABEL: func.func @scalar_table
// CHECK: theria.gather %{{.*}}[] : (tensor<f32>) -> tensor<5xf32>
// CHECK: theria.scatter_add %{{.*}}[] : (tensor<5xf32>) -> tensor<f32>
func.func @scalar_table(%t: tensor<f32>) -> tensor<f32> {
  %g = theria.gather %t[] : (tensor<f32>) -> tensor<5xf32>
  %s = theria.scatter_add %g[] : (tensor<5xf32>) -> tensor<f32>
  return %s : tensor<f32>
}

// CHECK-LABEL: func.func @scatter_add
// CHECK: theria.scatter_add %{{.*}}[%{{.*}}] sizes(%{{.*}}) : (tensor<5x7xf32>, tensor<5x7xi64>) -> tensor<?xf32>
// CHECK: theria.scatter_add %{{.*}}[%{{.*}}] where %{{.*}} sizes(%{{.*}}) : (tensor<5x7xf32>, tensor<5x7xi64>, tensor<5x7xi1>) -> tensor<?xf32>
func.func @scatter_add(%u: tensor<5x7xf32>, %i: tensor<5x7xi64>, %m: tensor<5x7xi1>, %n: index) -> (tensor<?xf32>, tensor<?xf32>) {
  %t = theria.scatter_add %u[%i] sizes(%n) : (tensor<5x7xf32>, tensor<5x7xi64>) -> tensor<?xf32>
  %s = theria.scatter_add %u[%i] where %m sizes(%n) : (tensor<5x7xf32>, tensor<5x7xi64>, tensor<5x7xi1>) -> tensor<?xf32>
  return %t, %s : tensor<?xf32>, tensor<?xf32>
}
