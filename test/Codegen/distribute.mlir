// Operations on whole tensors run in parts on threads; what has work for one part stays whole.
// RUN: theria-opt %s --theria-distribute --canonicalize --split-input-file | FileCheck %s

#map = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (i)>

// 2^15 iterations a part: 32 rows of 1024.
// CHECK-LABEL: @large
// CHECK: scf.forall (%[[PART:.*]]) in (16)
// CHECK:   linalg.generic
// CHECK-SAME: tensor<32x1024xf32>
func.func @large(%x: tensor<512x1024xf32>, %y: tensor<512x1024xf32>) -> tensor<512x1024xf32> {
  %sum = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<512x1024xf32>) outs(%y : tensor<512x1024xf32>) {
  ^bb0(%a: f32, %b: f32):
    %c = arith.addf %a, %b : f32
    linalg.yield %c : f32
  } -> tensor<512x1024xf32>
  return %sum : tensor<512x1024xf32>
}

// A sum is cut along what it keeps, never along what it sums.
// CHECK-LABEL: @sums
// CHECK: scf.forall (%{{.*}}) in (%{{.*}})
// CHECK:   linalg.generic
// CHECK-SAME: tensor<?x1024xf32>
func.func @sums(%x: tensor<?x1024xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %sum = linalg.generic {indexing_maps = [#map, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<?x1024xf32>) outs(%y : tensor<?xf32>) {
  ^bb0(%a: f32, %b: f32):
    %c = arith.addf %a, %b : f32
    linalg.yield %c : f32
  } -> tensor<?xf32>
  return %sum : tensor<?xf32>
}

// CHECK-LABEL: @small
// CHECK-NOT: scf.forall
func.func @small(%x: tensor<32x1024xf32>, %y: tensor<32x1024xf32>) -> tensor<32x1024xf32> {
  %sum = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<32x1024xf32>) outs(%y : tensor<32x1024xf32>) {
  ^bb0(%a: f32, %b: f32):
    %c = arith.addf %a, %b : f32
    linalg.yield %c : f32
  } -> tensor<32x1024xf32>
  return %sum : tensor<32x1024xf32>
}
