// RUN: theria-opt %s --theria-decompose --canonicalize --cse | FileCheck %s

// Every kind of mask, of attention of 5 rows over 7 keys. Conditions are joined by and.
!q = tensor<2x1x5x8xf32>
!k = tensor<2x1x7x8xf32>
!r = tensor<2x1x5xf32>

// CHECK-LABEL: func.func @causal(
// CHECK-DAG: %[[J:.*]] = theria.coord dim = 3
// CHECK-DAG: %[[I:.*]] = theria.coord dim = 2
// CHECK: %[[LIVE:.*]] = arith.cmpi sle, %[[J]], %[[I]]
// CHECK: theria.einsum "bhid,bhjd->bhij" %{{.*}}, %{{.*}} where "bhij" %[[LIVE]]
// CHECK: theria.logsumexp %{{.*}} dim = 3 where %[[LIVE]]
// CHECK: theria.einsum "bhi->bhij" %{{.*}} where "bhij" %[[LIVE]]
// CHECK: theria.einsum "bhij,bhje->bhie" %{{.*}}, %{{.*}} where "bhij" %[[LIVE]]
func.func @causal(%q: !q, %k: !k) -> !q {
  %out, %lse = theria.sdpa %q, %k, %k causal : (!q, !k, !k) -> (!q, !r)
  return %out : !q
}

// Bottom-right: the diagonal is shifted by 7 − 5.
// CHECK-LABEL: func.func @bottom_right(
// CHECK-DAG: %[[TWO:.*]] = arith.constant dense<2>
// CHECK-DAG: %[[J:.*]] = theria.coord dim = 3
// CHECK-DAG: %[[I:.*]] = theria.coord dim = 2
// CHECK: %[[SHIFTED:.*]] = arith.addi %[[I]], %[[TWO]]
// CHECK: arith.cmpi sle, %[[J]], %[[SHIFTED]]
func.func @bottom_right(%q: !q, %k: !k) -> !q {
  %out, %lse = theria.sdpa %q, %k, %k causal(bottom_right) : (!q, !k, !k) -> (!q, !r)
  return %out : !q
}

// CHECK-LABEL: func.func @window(
// CHECK-DAG: %[[LEFT:.*]] = arith.constant dense<3>
// CHECK-DAG: %[[RIGHT:.*]] = arith.constant dense<4611686018427387904>
// CHECK-DAG: %[[J:.*]] = theria.coord dim = 3
// CHECK-DAG: %[[I:.*]] = theria.coord dim = 2
// CHECK-DAG: %[[JL:.*]] = arith.addi %[[J]], %[[LEFT]]
// CHECK-DAG: %[[A:.*]] = arith.cmpi sge, %[[JL]], %[[I]]
// CHECK-DAG: %[[IR:.*]] = arith.addi %[[I]], %[[RIGHT]]
// CHECK-DAG: %[[B:.*]] = arith.cmpi sle, %[[J]], %[[IR]]
// CHECK: arith.andi %[[A]], %[[B]]
func.func @window(%q: !q, %k: !k) -> !q {
  %out, %lse = theria.sdpa %q, %k, %k window(3, 9223372036854775807) : (!q, !k, !k) -> (!q, !r)
  return %out : !q
}

// Lengths replace N and M: in the shift too.
// CHECK-LABEL: func.func @lengths(
// CHECK-DAG: %[[N:.*]] = arith.index_cast %arg2
// CHECK-DAG: %[[M:.*]] = arith.index_cast %arg3
// CHECK-DAG: %[[NS:.*]] = theria.einsum "b->bhij" %[[N]]
// CHECK-DAG: %[[MS:.*]] = theria.einsum "b->bhij" %[[M]]
// CHECK-DAG: arith.subi %[[MS]], %[[NS]]
// CHECK-DAG: %[[I:.*]] = theria.coord dim = 2
// CHECK-DAG: %[[J:.*]] = theria.coord dim = 3
// CHECK-DAG: arith.cmpi slt, %[[I]], %[[NS]]
// CHECK-DAG: arith.cmpi slt, %[[J]], %[[MS]]
func.func @lengths(%q: !q, %k: !k, %n: tensor<2xi32>, %m: tensor<2xi32>) -> !q {
  %out, %lse = theria.sdpa %q, %k, %k causal(bottom_right) lengths(%n, %m)
             : (!q, !k, !k, tensor<2xi32>, tensor<2xi32>) -> (!q, !r)
  return %out : !q
}

// CHECK-LABEL: func.func @mask(
// CHECK: %[[ROWS:.*]] = tensor.collapse_shape %arg2 {{.*}} into tensor<2x1x7xi1>
// CHECK: %[[LIVE:.*]] = theria.einsum "bhj->bhij" %[[ROWS]] : (tensor<2x1x7xi1>)
// CHECK: theria.einsum "bhid,bhjd->bhij" %{{.*}} where "bhij" %[[LIVE]]
func.func @mask(%q: !q, %k: !k, %m: tensor<2x1x1x7xi1>) -> !q {
  %out, %lse = theria.sdpa %q, %k, %k mask(%m) : (!q, !k, !k, tensor<2x1x1x7xi1>) -> (!q, !r)
  return %out : !q
}
