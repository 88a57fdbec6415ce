// The tile program of attention: keys packed block by block, then for each head and block of rows one walk over the
// columns, in which sums are scaled as the maximum grows.
// RUN: theria-opt %s --theria-stream="row-tile=64 column-tile=64" | FileCheck %s

!x = tensor<1x2x128x16xf32>
!r = tensor<1x2x128xf32>

// CHECK-LABEL: @attention
// CHECK: %[[KEYS:.*]] = scf.forall (%{{.*}}, %{{.*}}) in (2, 2)
// CHECK:   theria.einsum "ab->ba" %{{.*}} : (tensor<64x16xf32>) -> tensor<16x64xf32>
// CHECK: scf.forall (%[[HEAD:[^ ]*]], %{{.*}}) in (2, 2)
// CHECK:   %[[Q:.*]] = tensor.extract_slice %arg0
// CHECK:   scf.for %[[J:[^ ]*]] = {{.*}} iter_args(%[[MAX:[^ ]*]] = {{[^,]*}}, %[[SUM:[^ ]*]] = {{[^,]*}}, %[[OUT:[^ ]*]] =
// CHECK:     %[[K:.*]] = tensor.extract_slice %[[KEYS]][0, %[[HEAD]], %[[J]], 0, 0]
// CHECK:     %[[S:.*]] = theria.einsum "id,dj->ij" %[[Q]], %[[K]] : (tensor<64x16xf32>, tensor<16x64xf32>) -> tensor<64x64xf32>
// CHECK:     %[[SCALED:.*]] = arith.mulf %[[S]]
// CHECK:     %[[OWN:.*]] = theria.reduce_max %[[SCALED]] dim = 1
// CHECK:     %[[NEW:.*]] = arith.maximumf %[[MAX]], %[[OWN]]
// CHECK:     %[[OLD_SHIFT:.*]] = arith.select %{{.*}}, %[[MAX]],
// CHECK:     %[[SHIFT:.*]] = arith.select %{{.*}}, %[[NEW]],
// CHECK:     %[[GROWS:.*]] = arith.cmpf olt, %[[OLD_SHIFT]], %[[SHIFT]]
// CHECK:     %[[GROWTH:.*]] = arith.select %[[GROWS]]
// CHECK:     %[[SCALED_SUM:.*]] = theria.einsum "a,a->a" %[[SUM]], %[[GROWTH]]
// CHECK:     %[[SCALED_OUT:.*]] = theria.einsum "ab,a->ab" %[[OUT]], %[[GROWTH]]
// CHECK:     %[[E:.*]] = math.exp %{{.*}} : tensor<64x64xf32>
// CHECK:     %[[Z:.*]] = theria.einsum "cd->c" %[[E]]
// CHECK:     arith.addf %[[SCALED_SUM]], %[[Z]]
// CHECK:     %[[PV:.*]] = theria.einsum "ij,je->ie" %[[E]]
// CHECK:     arith.addf %[[SCALED_OUT]], %[[PV]]
// CHECK-NOT: #theria.pair
// CHECK-NOT: 128x128
func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %o, %lse = theria.sdpa %q, %k, %v : (!x, !x, !x) -> (!x, !r)
  return %o : !x
}
