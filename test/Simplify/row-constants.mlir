// RUN: theria-opt %s --theria-simplify --split-input-file | FileCheck %s
// RUN: theria-opt %s --theria-simplify=row-constants=false --split-input-file | FileCheck %s --check-prefix=CENTRED
// Σ_j p_ij·c_i·x_j = c_i·Σ_j p_ij·x_j.

!pair = tensor<?x?xf64, #theria.pair<rows = 0, cols = 1>>

// CHECK-LABEL: @factor
// CHECK-SAME: %[[P:[^:]*]]: tensor<?x?xf64, {{.*}}>>, %[[C:[^:]*]]: tensor<?xf64>, %[[X:[^:]*]]: tensor
// CENTRED-LABEL: @factor
func.func @factor(%p: !pair, %c: tensor<?xf64>, %x: tensor<?x4xf64>, %m: index) -> tensor<?x4xf64> {
  // CHECK-NEXT: %[[S:.*]] = theria.einsum "ij,jd->id" %[[P]], %[[X]]
  // CHECK-NEXT: %[[R:.*]] = theria.einsum "i,id->id" %[[C]], %[[S]]
  // CHECK-NEXT: return %[[R]] :
  // CENTRED: arith.mulf
  %b = theria.einsum "i->ij" %c sizes(%m) : (tensor<?xf64>) -> !pair
  %pc = arith.mulf %p, %b : !pair
  %r = theria.einsum "ij,jd->id" %pc, %x : (!pair, tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r : tensor<?x4xf64>
}

// -----

!pair = tensor<?x?xf64, #theria.pair<rows = 0, cols = 1>>

// With Σ_j p_ij·x_j at hand, the centred sum becomes a difference.
// CHECK-LABEL: @centred
// CENTRED-LABEL: @centred
func.func @centred(%p: !pair, %a: !pair, %c: tensor<?xf64>, %x: tensor<?x4xf64>, %m: index) -> (tensor<?x4xf64>, tensor<?x4xf64>) {
  // CHECK: %[[O:.*]] = theria.einsum "ij,jd->id" %arg0, %arg3
  // CHECK: %[[ROW:.*]] = theria.einsum "i,id->id" %arg2, %[[O]]
  // CHECK: %[[PA:.*]] = arith.mulf %arg{{[01]}}, %arg{{[01]}}
  // CHECK: %[[S:.*]] = theria.einsum "ij,jd->id" %[[PA]], %arg3
  // CHECK: %[[R:.*]] = arith.subf %[[S]], %[[ROW]]
  // CHECK: return %[[R]], %[[O]] :
  // CENTRED: theria.einsum "ij,jd->id"
  // CENTRED: %[[B:.*]] = theria.einsum "i->ij"
  // CENTRED: %[[D:.*]] = arith.subf %arg1, %[[B]]
  // CENTRED: %[[PD:.*]] = arith.mulf %arg0, %[[D]]
  // CENTRED: theria.einsum "ij,jd->id" %[[PD]], %arg3
  %o = theria.einsum "ij,jd->id" %p, %x : (!pair, tensor<?x4xf64>) -> tensor<?x4xf64>
  %b = theria.einsum "i->ij" %c sizes(%m) : (tensor<?xf64>) -> !pair
  %d = arith.subf %a, %b : !pair
  %pd = arith.mulf %p, %d : !pair
  %r = theria.einsum "ij,jd->id" %pd, %x : (!pair, tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r, %o : tensor<?x4xf64>, tensor<?x4xf64>
}

// -----

!pair = tensor<?x?xf64, #theria.pair<rows = 0, cols = 1>>

// Where it is not at hand, the sum stays: the difference would cost another contraction.
// CHECK-LABEL: @alone
func.func @alone(%p: !pair, %a: !pair, %c: tensor<?xf64>, %x: tensor<?x4xf64>, %m: index) -> tensor<?x4xf64> {
  // CHECK: %[[D:.*]] = arith.subf
  // CHECK: %[[PD:.*]] = arith.mulf %arg0, %[[D]]
  // CHECK: theria.einsum "ij,jd->id" %[[PD]], %arg3
  %b = theria.einsum "i->ij" %c sizes(%m) : (tensor<?xf64>) -> !pair
  %d = arith.subf %a, %b : !pair
  %pd = arith.mulf %p, %d : !pair
  %r = theria.einsum "ij,jd->id" %pd, %x : (!pair, tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r : tensor<?x4xf64>
}

// -----

// A scalar leaves all sums that its product feeds; a column constant is none of rows.
// CHECK-LABEL: @scalars
func.func @scalars(%p: tensor<5x7xf64>, %s: f64, %c: tensor<7xf64>, %x: tensor<7x4xf64>, %y: tensor<5x4xf64>)
    -> (tensor<5x4xf64>, tensor<7x4xf64>, tensor<5x4xf64>) {
  // CHECK-DAG: %[[A:.*]] = theria.einsum "ij,jd->id" %arg0, %arg3
  // CHECK-DAG: theria.einsum ",id->id" %{{.*}}, %[[A]]
  // CHECK-DAG: %[[B:.*]] = theria.einsum "ij,id->jd" %arg0, %arg4
  // CHECK-DAG: theria.einsum ",jd->jd" %{{.*}}, %[[B]]
  // CHECK-DAG: %[[PC:.*]] = arith.mulf
  // CHECK-DAG: theria.einsum "ij,jd->id" %[[PC]], %arg3
  %b = tensor.splat %s : tensor<5x7xf64>
  %ps = arith.mulf %p, %b : tensor<5x7xf64>
  %r = theria.einsum "ij,jd->id" %ps, %x : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  %t = theria.einsum "ij,id->jd" %ps, %y : (tensor<5x7xf64>, tensor<5x4xf64>) -> tensor<7x4xf64>
  %cb = theria.einsum "j->ij" %c : (tensor<7xf64>) -> tensor<5x7xf64>
  %pc = arith.mulf %p, %cb : tensor<5x7xf64>
  %u = theria.einsum "ij,jd->id" %pc, %x : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  return %r, %t, %u : tensor<5x4xf64>, tensor<7x4xf64>, tensor<5x4xf64>
}

// -----

!pairs = tensor<5x2xf64, #theria.pair<rows = 0, cols = 1>>

// A row is multiplied before it meets pairs, however few columns there are.
// CHECK-LABEL: @rows_before_pairs
func.func @rows_before_pairs(%r: tensor<5x8xf64>, %c: tensor<2x8xf64>) -> !pairs {
  // CHECK: arith.mulf %arg0
  %half = arith.constant dense<0.5> : tensor<5x8xf64>
  %h = arith.mulf %r, %half : tensor<5x8xf64>
  %s = theria.einsum "id,jd->ij" %h, %c : (tensor<5x8xf64>, tensor<2x8xf64>) -> !pairs
  return %s : !pairs
}
