// RUN: mlir-opt %s --convert-elementwise-to-linalg \
// RUN:   | theria-opt --pass-pipeline="builtin.module(func.func(theria-fuse-elementwise))" | FileCheck %s

// A chain is one loop.
// CHECK-LABEL: @chain
// CHECK-COUNT-1: linalg.generic
// CHECK: math.exp
// CHECK: arith.mulf
// CHECK: arith.negf
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @chain(%a: tensor<?xf32>, %b: tensor<?xf32>) -> tensor<?xf32> {
  %e = math.exp %a : tensor<?xf32>
  %p = arith.mulf %e, %b : tensor<?xf32>
  %n = arith.negf %p : tensor<?xf32>
  return %n : tensor<?xf32>
}

// The exponential stays outside of the sum over j for each d, and of the broadcast.
// CHECK-LABEL: @contraction
// CHECK: linalg.generic {{.*}} ["parallel", "parallel"]
// CHECK: math.exp
// CHECK: linalg.generic {{.*}} ["parallel", "reduction", "parallel"]
// CHECK-NOT: math.exp
// CHECK: return
func.func @contraction(%s: tensor<4x5xf32>, %v: tensor<5x6xf32>, %zero: tensor<4x6xf32>) -> tensor<4x6xf32> {
  %p = math.exp %s : tensor<4x5xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(i, j, d) -> (i, j)>, affine_map<(i, j, d) -> (j, d)>,
                                        affine_map<(i, j, d) -> (i, d)>],
                       iterator_types = ["parallel", "reduction", "parallel"]}
      ins(%p, %v : tensor<4x5xf32>, tensor<5x6xf32>) outs(%zero : tensor<4x6xf32>) {
  ^bb0(%x: f32, %y: f32, %sum: f32):
    %product = arith.mulf %x, %y : f32
    %next = arith.addf %sum, %product : f32
    linalg.yield %next : f32
  } -> tensor<4x6xf32>
  return %r : tensor<4x6xf32>
}
// CHECK-LABEL: @broadcast
// CHECK: linalg.generic {{.*}} ["parallel"]
// CHECK: linalg.generic {{.*}} ["parallel", "parallel"]
func.func @broadcast(%a: tensor<4xf32>, %empty: tensor<4x5xf32>) -> tensor<4x5xf32> {
  %e = math.exp %a : tensor<4xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%e : tensor<4xf32>) outs(%empty : tensor<4x5xf32>) {
  ^bb0(%x: f32, %out: f32):
    linalg.yield %x : f32
  } -> tensor<4x5xf32>
  return %r : tensor<4x5xf32>
}

// Splats and positions are not read from arrays.
// CHECK-LABEL: @positions
// CHECK-COUNT-2: linalg.index 0
// CHECK-NOT: tensor.splat
// CHECK-NOT: ins(
// CHECK: return
func.func @positions(%n: index) -> (tensor<9xindex>, tensor<9xindex>) {
  %three = arith.constant dense<3> : tensor<9xindex>
  %all = tensor.splat %n : tensor<9xindex>
  %empty = tensor.empty() : tensor<9xindex>
  %at = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
    outs(%empty : tensor<9xindex>) {
  ^bb0(%o: index):
    %i = linalg.index 0 : index
    linalg.yield %i : index
  } -> tensor<9xindex>
  %a = arith.addi %at, %three : tensor<9xindex>
  %b = arith.muli %at, %all : tensor<9xindex>
  return %a, %b : tensor<9xindex>, tensor<9xindex>
}
