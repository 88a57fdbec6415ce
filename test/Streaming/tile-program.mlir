// The tile program of attention: keys packed block by block, then for each head and block of rows two walks over the
// columns, with the scores of the first kept in a strip for the second.
// RUN: theria-opt %s --theria-stream="row-tile=64 column-tile=64" | FileCheck %s

!x = tensor<1x2x128x16xf32>
!r = tensor<1x2x128xf32>

// CHECK-LABEL: @attention
// CHECK: %[[KEYS:.*]] = scf.forall (%{{.*}}, %{{.*}}) in (2, 2)
// CHECK:   theria.einsum "ab->ba" %{{.*}} : (tensor<64x16xf32>) -> tensor<16x64xf32>
// CHECK: scf.forall (%[[HEAD:[^ ]*]], %{{.*}}) in (2, 2)
// CHECK:   bufferization.alloc_tensor() : tensor<2x64x64xf32>
// CHECK:   %[[Q:.*]] = tensor.extract_slice %arg0
// CHECK:   %[[FIRST:.*]]:2 = scf.for %[[J:[^ ]*]] =
// CHECK:     %[[K:.*]] = tensor.extract_slice %[[KEYS]][0, %[[HEAD]], %[[J]], 0, 0]
// CHECK:     %[[S:.*]] = theria.einsum "id,dj->ij" %[[Q]], %[[K]] : (tensor<64x16xf32>, tensor<16x64xf32>) -> tensor<64x64xf32>
// CHECK:     %[[SCALED:.*]] = arith.mulf %[[S]]
// CHECK:     theria.reduce_max %[[SCALED]] dim = 1
// CHECK:     tensor.insert_slice %[[SCALED]] into
// CHECK:   %[[SECOND:.*]]:2 = scf.for
// CHECK:     tensor.extract_slice %[[FIRST]]#1
// CHECK:     %[[E:.*]] = math.exp
// CHECK:     theria.einsum "cd->c" %[[E]]
// CHECK:     theria.einsum "ij,je->ie" %[[E]]
// CHECK-NOT: #theria.pair
// CHECK-NOT: 128x128
func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %o, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, !r)
  return %o : !x
}
