// RUN: theria-opt %s --theria-decompose | FileCheck %s --check-prefix=MASKED
// RUN: theria-opt %s --theria-decompose --canonicalize --cse | FileCheck %s

// Every einsum of floats into or out of pairs carries the mask: of scores, scale, captured values, table look-ups, the
// normaliser and the values. None goes without it.
// MASKED-COUNT-5: theria.einsum {{.*}} where "{{bhgij|abcde}}"
// MASKED-NOT: theria.einsum

!q = tensor<1x6x5x8xf32>
!k = tensor<1x2x7x8xf32>
!r = tensor<1x6x5xf32>

// The query head is key head × group size + place in the group.
// CHECK-LABEL: func.func @regions(
// CHECK-DAG: %[[G:.*]] = theria.coord dim = 2
// CHECK-DAG: %[[H:.*]] = theria.coord dim = 1
// CHECK-DAG: %[[FIRST:.*]] = arith.muli %[[H]], %{{.*}}
// CHECK-DAG: %[[HEAD:.*]] = arith.addi %[[FIRST]], %[[G]]
// CHECK-DAG: %[[J:.*]] = theria.coord dim = 4
// CHECK: %[[LIVE:.*]] = arith.cmpi ne, %[[J]], %[[HEAD]]
// CHECK: %[[S:.*]] = theria.einsum "bhgid,bhjd->bhgij" %{{.*}}, %{{.*}} where "bhgij" %[[LIVE]]
// CHECK: %[[SCALE:.*]] = theria.einsum "->bhgij" %{{.*}} where "bhgij" %[[LIVE]]
// CHECK: %[[SCALED:.*]] = arith.mulf %[[S]], %[[SCALE]]
// CHECK: %[[SLOPE:.*]] = theria.gather %arg3[%[[HEAD]]] where %[[LIVE]]
// CHECK-DAG: %[[T:.*]] = theria.einsum "->abcde" %{{.*}} where "abcde" %[[LIVE]]
// CHECK-DAG: %[[Y:.*]] = arith.mulf %[[SCALED]], %[[SLOPE]]
// CHECK: %[[Z:.*]] = arith.addf %[[Y]], %[[T]]
// CHECK: theria.logsumexp %[[Z]] dim = 4 where %[[LIVE]]
func.func @regions(%q: !q, %k: !k, %scale: f32, %slopes: tensor<6xf32>, %t: f32) -> !q {
  %out, %lse = theria.sdpa %q, %k, %k scale(%scale) score(%slopes, %t) {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    %slope = tensor.extract %slopes[%h] : tensor<6xf32>
    %y = arith.mulf %s, %slope : f32
    %z = arith.addf %y, %t : f32
    theria.yield %z : f32
  } where {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %live = arith.cmpi ne, %j, %h : index
    theria.yield %live : i1
  } : (!q, !k, !k, f32, tensor<6xf32>, f32) -> (!q, !r)
  return %out : !q
}
