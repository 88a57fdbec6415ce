// RUN: theria-opt %s --theria-simplify --split-input-file | FileCheck %s
// Σ_j p_ij·(c_i − a_ij)·x_j = c_i·Σ_j p_ij·x_j − Σ_j p_ij·a_ij·x_j, and the reverse difference, where Σ_j p_ij·x_j is there.

!pair = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>

// CHECK-LABEL: @first
// CHECK-SAME: %[[P:.*]]: tensor<5x7xf64, {{.*}}>>, %[[A:.*]]: tensor<5x7xf64, {{.*}}>>, %[[C:.*]]: tensor<5xf64>, %[[X:.*]]: tensor
func.func @first(%p: !pair, %a: !pair, %c: tensor<5xf64>, %x: tensor<7x4xf64>) -> (tensor<5x4xf64>, tensor<5x4xf64>) {
  // CHECK-DAG: %[[O:.*]] = theria.einsum "ij,jd->id" %[[P]], %[[X]]
  // CHECK-DAG: %[[ROW:.*]] = theria.einsum "{{.*}}" %[[C]], %[[O]]
  // CHECK: %[[D:.*]] = arith.subf %[[ROW]], %{{.*}} : tensor<5x4xf64>
  // CHECK: return %[[O]], %[[D]] :
  %o = theria.einsum "ij,jd->id" %p, %x : (!pair, tensor<7x4xf64>) -> tensor<5x4xf64>
  %b = theria.einsum "i->ij" %c : (tensor<5xf64>) -> !pair
  %d = arith.subf %b, %a : !pair
  %pd = arith.mulf %p, %d : !pair
  %r = theria.einsum "ij,jd->id" %pd, %x : (!pair, tensor<7x4xf64>) -> tensor<5x4xf64>
  return %o, %r : tensor<5x4xf64>, tensor<5x4xf64>
}

// -----

// A row constant does not leave a product that several sums use: each would multiply by it.
// CHECK-LABEL: @used_twice
func.func @used_twice(%p: tensor<5x7xf64>, %c: tensor<5xf64>, %x: tensor<7x4xf64>, %y: tensor<7x3xf64>) -> (tensor<5x4xf64>, tensor<5x3xf64>) {
  // CHECK: %[[PC:.*]] = arith.mulf
  // CHECK: theria.einsum "ij,jd->id" %[[PC]], %arg2
  // CHECK: theria.einsum "ij,jd->id" %[[PC]], %arg3
  %b = theria.einsum "i->ij" %c : (tensor<5xf64>) -> tensor<5x7xf64>
  %pc = arith.mulf %p, %b : tensor<5x7xf64>
  %r = theria.einsum "ij,jd->id" %pc, %x : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  %s = theria.einsum "ij,jd->id" %pc, %y : (tensor<5x7xf64>, tensor<7x3xf64>) -> tensor<5x3xf64>
  return %r, %s : tensor<5x4xf64>, tensor<5x3xf64>
}

// -----

// Nor is a difference taken apart where its product is needed anyway.
// CHECK-LABEL: @needed_anyway
// CHECK: %[[PD:.*]] = arith.mulf
// CHECK: theria.einsum "ij,jd->id" %[[PD]], %arg3
func.func @needed_anyway(%p: tensor<5x7xf64>, %a: tensor<5x7xf64>, %c: tensor<5xf64>, %x: tensor<7x4xf64>) -> (tensor<5x4xf64>, tensor<5x4xf64>, tensor<5x7xf64>) {
  %o = theria.einsum "ij,jd->id" %p, %x : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  %b = theria.einsum "i->ij" %c : (tensor<5xf64>) -> tensor<5x7xf64>
  %d = arith.subf %a, %b : tensor<5x7xf64>
  %pd = arith.mulf %p, %d : tensor<5x7xf64>
  %r = theria.einsum "ij,jd->id" %pd, %x : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  return %r, %o, %pd : tensor<5x4xf64>, tensor<5x4xf64>, tensor<5x7xf64>
}

// -----

// Nor where a term has fewer factors in another form, but as many labels to walk.
// CHECK-LABEL: @fewer_factors
// CHECK: %[[D:.*]] = arith.subf
// CHECK: theria.einsum "ij,i->j" %[[D]], %arg1
func.func @fewer_factors(%a: tensor<5x7xf64>, %u: tensor<5xf64>, %v: tensor<7xf64>) -> (tensor<7xf64>, tensor<5x7xf64>) {
  %q = theria.einsum "i,j->ij" %u, %v : (tensor<5xf64>, tensor<7xf64>) -> tensor<5x7xf64>
  %b = theria.einsum "j->ij" %v : (tensor<7xf64>) -> tensor<5x7xf64>
  %d = arith.subf %a, %b : tensor<5x7xf64>
  %r = theria.einsum "ij,i->j" %d, %u : (tensor<5x7xf64>, tensor<5xf64>) -> tensor<7xf64>
  return %r, %q : tensor<7xf64>, tensor<5x7xf64>
}

// -----

// A sum is taken apart as a difference is, on either side of the product.
// CHECK-LABEL: @sum
// CHECK-DAG: %[[O:.*]] = theria.einsum "ij,jd->id" %arg0, %arg3
// CHECK-DAG: %[[ROW:.*]] = theria.einsum "{{.*}}" %arg2, %[[O]]
// CHECK: %[[S:.*]] = arith.addf %{{.*}}, %[[ROW]]
// CHECK: return %[[O]], %[[S]] :
func.func @sum(%p: tensor<5x7xf64>, %a: tensor<5x7xf64>, %c: tensor<5xf64>, %x: tensor<7x4xf64>) -> (tensor<5x4xf64>, tensor<5x4xf64>) {
  %o = theria.einsum "ij,jd->id" %p, %x : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  %b = theria.einsum "i->ij" %c : (tensor<5xf64>) -> tensor<5x7xf64>
  %d = arith.addf %a, %b : tensor<5x7xf64>
  %dp = arith.mulf %d, %p : tensor<5x7xf64>
  %r = theria.einsum "ij,jd->id" %dp, %x : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  return %o, %r : tensor<5x4xf64>, tensor<5x4xf64>
}
