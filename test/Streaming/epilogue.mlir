// What each row needs of its results alone is computed where they are, in one-sided sweeps.
// RUN: theria-opt %s --theria-stream=schedule=one-sided | FileCheck %s

!x = tensor<96x16xf32>
!p = tensor<96x64xf32, #theria.pair<rows = 0, cols = 1>>

// A bias of features, other rows, a sum over features; what is needed elsewhere leaves the sweep, nothing else.
// CHECK-LABEL: func.func @within(
// CHECK: %[[SWEEP:.*]]:2 = scf.forall {{.*}} -> (tensor<96x16xbf16>, tensor<96xf32>)
// CHECK: } {mapping
// CHECK-NEXT: return %[[SWEEP]]#0, %[[SWEEP]]#1
func.func @within(%q: !x, %k: tensor<64x16xf32>, %bias: tensor<16xf32>) -> (tensor<96x16xbf16>, tensor<96xf32>) {
  %s = theria.einsum "id,jd->ij" %q, %k : (!x, tensor<64x16xf32>) -> !p
  %o = theria.einsum "ij,jd->id" %s, %k : (!p, tensor<64x16xf32>) -> !x
  %biased = theria.einsum "id,d->id" %o, %bias : (!x, tensor<16xf32>) -> !x
  %sum = arith.addf %biased, %q : !x
  %small = arith.truncf %sum : !x to tensor<96x16xbf16>
  %norm = theria.einsum "id,id->i" %sum, %sum : (!x, !x) -> tensor<96xf32>
  return %small, %norm : tensor<96x16xbf16>, tensor<96xf32>
}

// A product with a matrix, a sum over rows, and a condition that is needed elsewhere.
// CHECK-LABEL: func.func @after(
// CHECK: %[[SWEEP:.*]] = scf.forall
// CHECK: } {mapping
// CHECK-DAG: theria.einsum "id,de->ie" %[[SWEEP]]
// CHECK-DAG: theria.einsum "id->" %[[SWEEP]]
// CHECK-DAG: arith.cmpf ogt, %[[SWEEP]]
// CHECK: return
func.func @after(%q: !x, %k: tensor<64x16xf32>, %w: tensor<16x8xf32>)
    -> (tensor<96x8xf32>, tensor<f32>, tensor<96x16xi1>) {
  %zero = arith.constant dense<0.0> : !x
  %s = theria.einsum "id,jd->ij" %q, %k : (!x, tensor<64x16xf32>) -> !p
  %o = theria.einsum "ij,jd->id" %s, %k : (!p, tensor<64x16xf32>) -> !x
  %y = theria.einsum "id,de->ie" %o, %w : (!x, tensor<16x8xf32>) -> tensor<96x8xf32>
  %all = theria.einsum "id->" %o : (!x) -> tensor<f32>
  %positive = arith.cmpf ogt, %o, %zero : !x
  return %y, %all, %positive : tensor<96x8xf32>, tensor<f32>, tensor<96x16xi1>
}

// Rows that a sweep of columns needs: the one that computes them writes them.
// CHECK-LABEL: func.func @both(
// CHECK: %[[ROWS:.*]]:2 = scf.forall {{.*}} -> (tensor<96x16xf32>, tensor<96xf32>)
// CHECK: scf.forall (
// CHECK: theria.einsum "ji,i->ji" {{.*}}, %[[ROWS]]#1
// CHECK: return %[[ROWS]]#0
func.func @both(%q: !x, %k: tensor<64x16xf32>) -> (!x, tensor<64x16xf32>) {
  %s = theria.einsum "id,jd->ij" %q, %k : (!x, tensor<64x16xf32>) -> !p
  %total = theria.einsum "ij->i" %s : (!p) -> tensor<96xf32>
  %root = math.exp %total : tensor<96xf32>
  %scaled = theria.einsum "ij,i->ij" %s, %root : (!p, tensor<96xf32>) -> !p
  %rows = theria.einsum "ij,jd->id" %scaled, %k : (!p, tensor<64x16xf32>) -> !x
  %cols = theria.einsum "ij,id->jd" %scaled, %q : (!p, !x) -> tensor<64x16xf32>
  return %rows, %cols : !x, tensor<64x16xf32>
}

// Without columns there is no sweep: sums of nothing are zeros.
// CHECK-LABEL: func.func @empty(
// CHECK-NOT: scf.forall
// CHECK: return
func.func @empty(%q: !x, %k: tensor<0x16xf32>) -> !x {
  %s = theria.einsum "id,jd->ij" %q, %k
     : (!x, tensor<0x16xf32>) -> tensor<96x0xf32, #theria.pair<rows = 0, cols = 1>>
  %o = theria.einsum "ij,jd->id" %s, %k
     : (tensor<96x0xf32, #theria.pair<rows = 0, cols = 1>>, tensor<0x16xf32>) -> !x
  %sum = arith.addf %o, %q : !x
  return %sum : !x
}
