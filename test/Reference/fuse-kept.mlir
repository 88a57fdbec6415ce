// What several loops read is computed by one of them and kept for the others.
// RUN: mlir-opt %s --convert-elementwise-to-linalg \
// RUN:   | theria-opt --pass-pipeline="builtin.module(func.func(theria-fuse-elementwise,canonicalize))" | FileCheck %s

#ij = affine_map<(i, j) -> (i, j)>
#i = affine_map<(i, j) -> (i)>

// The exponential is kept for the contraction, which moves behind the loop that computes it.
// CHECK-LABEL: @kept
// CHECK: %[[LOOP:.*]]:2 = linalg.generic {{.*}} ["parallel", "parallel"]}
// CHECK: %[[E:.*]] = math.exp
// CHECK: %[[P:.*]] = arith.mulf %[[E]]
// CHECK: linalg.yield %[[E]], %[[P]]
// CHECK: linalg.matmul ins(%[[LOOP]]#0,
// CHECK: return
func.func @kept(%a: tensor<4x5xf32>, %b: tensor<4x5xf32>, %v: tensor<5x6xf32>, %o: tensor<4x6xf32>)
    -> (tensor<4x6xf32>, tensor<4x5xf32>) {
  %e = math.exp %a : tensor<4x5xf32>
  %r = linalg.matmul ins(%e, %v : tensor<4x5xf32>, tensor<5x6xf32>) outs(%o : tensor<4x6xf32>) -> tensor<4x6xf32>
  %p = arith.mulf %e, %b : tensor<4x5xf32>
  return %r, %p : tensor<4x6xf32>, tensor<4x5xf32>
}

// A reader that waits for another reader stays a loop of its own.
// CHECK-LABEL: @waits
// CHECK: linalg.generic
// CHECK: linalg.matmul
// CHECK: linalg.generic
func.func @waits(%a: tensor<4x4xf32>, %o: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %e = math.exp %a : tensor<4x4xf32>
  %r = linalg.matmul ins(%e, %e : tensor<4x4xf32>, tensor<4x4xf32>) outs(%o : tensor<4x4xf32>) -> tensor<4x4xf32>
  %p = arith.mulf %e, %r : tensor<4x4xf32>
  return %p : tensor<4x4xf32>
}

// A sum computes what it sums, and keeps it for a product.
// CHECK-LABEL: @sum
// CHECK: linalg.generic {{.*}} ["parallel", "reduction"]} ins(%{{.*}} : tensor<4x5xf32>) outs(%{{.*}}, %{{.*}} : {{.*}})
// CHECK: math.exp
// CHECK: linalg.matmul
func.func @sum(%a: tensor<4x5xf32>, %z: tensor<4xf32>, %v: tensor<5x6xf32>, %o: tensor<4x6xf32>)
    -> (tensor<4xf32>, tensor<4x6xf32>) {
  %e = math.exp %a : tensor<4x5xf32>
  %s = linalg.generic {indexing_maps = [#ij, #i], iterator_types = ["parallel", "reduction"]}
      ins(%e : tensor<4x5xf32>) outs(%z : tensor<4xf32>) {
  ^bb0(%x: f32, %sum: f32):
    %next = arith.addf %sum, %x : f32
    linalg.yield %next : f32
  } -> tensor<4xf32>
  %r = linalg.matmul ins(%e, %v : tensor<4x5xf32>, tensor<5x6xf32>) outs(%o : tensor<4x6xf32>) -> tensor<4x6xf32>
  return %s, %r : tensor<4xf32>, tensor<4x6xf32>
}

// But not where it might read the tensor that this is put into, which would be copied first.
// CHECK-LABEL: @overwrites
// CHECK: linalg.generic {{.*}} ["parallel", "parallel"]}
// CHECK: linalg.generic {{.*}} ["parallel", "reduction"]}
func.func @overwrites(%t: tensor<2x4x5xf32>, %z: tensor<4xf32>) -> (tensor<4xf32>, tensor<2x4x5xf32>) {
  %a = tensor.extract_slice %t[0, 0, 0] [1, 4, 5] [1, 1, 1] : tensor<2x4x5xf32> to tensor<4x5xf32>
  %e = math.exp %a : tensor<4x5xf32>
  %s = linalg.generic {indexing_maps = [#ij, #i], iterator_types = ["parallel", "reduction"]}
      ins(%e : tensor<4x5xf32>) outs(%z : tensor<4xf32>) {
  ^bb0(%x: f32, %sum: f32):
    %next = arith.addf %sum, %x : f32
    linalg.yield %next : f32
  } -> tensor<4xf32>
  %r = tensor.insert_slice %e into %t[0, 0, 0] [1, 4, 5] [1, 1, 1] : tensor<4x5xf32> into tensor<2x4x5xf32>
  return %s, %r : tensor<4xf32>, tensor<2x4x5xf32>
}

// What a loop carries is written in place.
// CHECK-LABEL: @carried
// CHECK: scf.for {{.*}} iter_args(%[[SUM:.*]] = %{{.*}})
// CHECK: linalg.generic {{.*}} outs(%[[SUM]] : tensor<4xf32>)
func.func @carried(%a: tensor<4xf32>, %b: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%sum = %a) -> tensor<4xf32> {
    %p = arith.mulf %b, %b : tensor<4xf32>
    %next = arith.addf %p, %sum : tensor<4xf32>
    scf.yield %next : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}
