// RUN: theria-opt %s --theria-decompose | FileCheck %s
// RUN: theria-opt %s --theria-decompose --canonicalize --cse | FileCheck %s

// With every clause, and dimensions dynamic in all or some places, the definition verifies.
!q = tensor<?x?x?x?xf16>
!r = tensor<?x?x?xf32>

// CHECK-LABEL: func.func @all_dynamic(
// CHECK: theria.check %{{.*}}, "expected the query's heads to be a multiple of the key's, but found {0} and {1}; group the queries so that each key head serves the same number"
// CHECK: theria.logsumexp %{{.*}} dim = 4 where %{{.*}} -> tensor<?x?x?x?xf32>
// CHECK-NOT: theria.sdpa
func.func @all_dynamic(%q: !q, %k: !q, %v: !q, %s: f32, %b: tensor<?x1x?x?xf32>, %m: tensor<1x?x1x?xi1>, %n: tensor<?xi32>,
                       %t: tensor<?x?xf32>, %w: index) -> (!q, !r) {
  %out, %lse = theria.sdpa %q, %k, %v scale(%s) softcap(5.0) score(%t) {
  ^bb0(%x: f32, %bb: index, %h: index, %i: index, %j: index):
    %a = tensor.extract %t[%h, %i] : tensor<?x?xf32>
    %y = arith.addf %x, %a : f32
    theria.yield %y : f32
  } bias(%b) causal(bottom_right) window(2, 1) mask(%m) lengths(%n, %n) where(%w) {
  ^bb0(%bb: index, %h: index, %i: index, %j: index):
    %live = arith.cmpi ne, %j, %w : index
    theria.yield %live : i1
  } : (!q, !q, !q, f32, tensor<?x?xf32>, tensor<?x1x?x?xf32>, tensor<1x?x1x?xi1>, tensor<?xi32>, tensor<?xi32>, index) -> (!q, !r)
  return %out, %lse : !q, !r
}

// The default scale, of a depth known at run time.
// CHECK-LABEL: func.func @dynamic_depth(
// CHECK: math.sqrt
// CHECK-NOT: theria.check
// CHECK: theria.logsumexp {{.*}} -> tensor<1x2x3xf64>
func.func @dynamic_depth(%q: tensor<1x2x3x?xf64>) -> tensor<1x2x3xf64> {
  %out, %lse = theria.sdpa %q, %q, %q : (tensor<1x2x3x?xf64>, tensor<1x2x3x?xf64>, tensor<1x2x3x?xf64>)
             -> (tensor<1x2x3x?xf64>, tensor<1x2x3xf64>)
  return %lse : tensor<1x2x3xf64>
}

// Heads of the query static, of the key dynamic, and the other way round; also of a bias.
// CHECK-LABEL: func.func @dynamic_key_heads(
// CHECK: theria.check
// CHECK: return %{{.*}} : tensor<2x6x?x4xf32>
func.func @dynamic_key_heads(%q: tensor<2x6x?x4xf32>, %k: tensor<?x?x7x4xf32>, %b: tensor<2x6x?x7xf32>) -> tensor<2x6x?x4xf32> {
  %out, %lse = theria.sdpa %q, %k, %k bias(%b) : (tensor<2x6x?x4xf32>, tensor<?x?x7x4xf32>, tensor<?x?x7x4xf32>, tensor<2x6x?x7xf32>)
             -> (tensor<2x6x?x4xf32>, tensor<2x6x?xf32>)
  return %out : tensor<2x6x?x4xf32>
}

// CHECK-LABEL: func.func @dynamic_query_heads(
// CHECK: theria.check
// CHECK: return %{{.*}} : tensor<?x?x5x3xf32>
func.func @dynamic_query_heads(%q: tensor<?x?x5x4xf32>, %k: tensor<1x2x?x4xf32>, %v: tensor<1x2x?x3xf32>, %m: tensor<1x4x5x?xi1>)
    -> tensor<?x?x5x3xf32> {
  %out, %lse = theria.sdpa %q, %k, %v mask(%m) : (tensor<?x?x5x4xf32>, tensor<1x2x?x4xf32>, tensor<1x2x?x3xf32>, tensor<1x4x5x?xi1>)
             -> (tensor<?x?x5x3xf32>, tensor<?x?x5xf32>)
  return %out : tensor<?x?x5x3xf32>
}

// CHECK-LABEL: func.func @dynamic_bias_heads(
// CHECK: return %{{.*}} : tensor<1x4x5x4xf32>
func.func @dynamic_bias_heads(%q: tensor<1x4x5x4xf32>, %k: tensor<1x2x5x4xf32>, %b: tensor<?x?x?x?xf32>) -> tensor<1x4x5x4xf32> {
  %out, %lse = theria.sdpa %q, %k, %k bias(%b) : (tensor<1x4x5x4xf32>, tensor<1x2x5x4xf32>, tensor<1x2x5x4xf32>, tensor<?x?x?x?xf32>)
             -> (tensor<1x4x5x4xf32>, tensor<1x4x5xf32>)
  return %out : tensor<1x4x5x4xf32>
}
