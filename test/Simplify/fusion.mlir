// RUN: theria-opt %s --theria-simplify --split-input-file | FileCheck %s
// What makes an operand joins the einsum, where that costs nothing.

// CHECK-LABEL: @transpose
func.func @transpose(%x: tensor<4x3xf64>, %y: tensor<4x5xf64>) -> tensor<3x5xf64> {
  // CHECK-NEXT: theria.einsum "ji,jk->ik" %arg0, %arg1
  // CHECK-NEXT: return
  %t = theria.einsum "ab->ba" %x : (tensor<4x3xf64>) -> tensor<3x4xf64>
  %z = theria.einsum "ij,jk->ik" %t, %y : (tensor<3x4xf64>, tensor<4x5xf64>) -> tensor<3x5xf64>
  return %z : tensor<3x5xf64>
}

// -----

// A sum joins a sum, but not a contraction: that would sum k inside j. Nor where it is needed anyway.
// CHECK-LABEL: @sums
func.func @sums(%x: tensor<3x4x5xf64>, %y: tensor<4x6xf64>, %z: tensor<3x4x5xf64>) -> (tensor<3xf64>, tensor<4xf64>, tensor<3x6xf64>) {
  // CHECK: %[[S:.*]] = theria.einsum "ijk->ij" %arg0
  // CHECK: theria.einsum "ij->i" %[[S]]
  // CHECK: theria.einsum "ij,jl->il" %[[S]], %arg1
  // CHECK: theria.einsum "jik->i" %arg2
  %s = theria.einsum "ijk->ij" %x : (tensor<3x4x5xf64>) -> tensor<3x4xf64>
  %a = theria.einsum "ij->i" %s : (tensor<3x4xf64>) -> tensor<3xf64>
  %b = theria.einsum "ij,jl->il" %s, %y : (tensor<3x4xf64>, tensor<4x6xf64>) -> tensor<3x6xf64>
  %t = theria.einsum "jik->ij" %z : (tensor<3x4x5xf64>) -> tensor<4x3xf64>
  %c = theria.einsum "ij->i" %t : (tensor<4x3xf64>) -> tensor<4xf64>
  return %a, %c, %b : tensor<3xf64>, tensor<4xf64>, tensor<3x6xf64>
}

// -----

// Nor are two contractions fused.
// CHECK-LABEL: @contractions
func.func @contractions(%a: tensor<3x4xf64>, %b: tensor<4x5xf64>, %c: tensor<5x6xf64>) -> tensor<3x6xf64> {
  // CHECK-COUNT-2: theria.einsum
  %ab = theria.einsum "ij,jk->ik" %a, %b : (tensor<3x4xf64>, tensor<4x5xf64>) -> tensor<3x5xf64>
  %abc = theria.einsum "ik,kl->il" %ab, %c : (tensor<3x5xf64>, tensor<5x6xf64>) -> tensor<3x6xf64>
  return %abc : tensor<3x6xf64>
}

// -----

// CHECK-LABEL: @row_sum
// CHECK-SAME: %[[X:.*]]: tensor<3x4xf64>, %[[Y:.*]]: tensor<3x4xf64>
func.func @row_sum(%x: tensor<3x4xf64>, %y: tensor<3x4xf64>) -> (tensor<3xf64>, tensor<3xf64>, tensor<3x4xf64>) {
  // A product with no other use joins a row sum; one that is needed anyway is summed as it is.
  // CHECK: theria.einsum "ij,ij->i" %[[X]], %[[Y]]
  // CHECK: %[[Q:.*]] = arith.mulf %[[X]], %[[X]]
  // CHECK: theria.einsum "ij->i" %[[Q]]
  %p = arith.mulf %x, %y : tensor<3x4xf64>
  %a = theria.einsum "ij->i" %p : (tensor<3x4xf64>) -> tensor<3xf64>
  %q = arith.mulf %x, %x : tensor<3x4xf64>
  %b = theria.einsum "ij->i" %q : (tensor<3x4xf64>) -> tensor<3xf64>
  return %a, %b, %q : tensor<3xf64>, tensor<3xf64>, tensor<3x4xf64>
}

// -----

// A product smaller than what is summed stays an operand: x·y would be computed for every k.
// CHECK-LABEL: @smaller
func.func @smaller(%x: tensor<3x4xf64>, %y: tensor<3x4xf64>, %z: tensor<4x5xf64>) -> tensor<3x5xf64> {
  // CHECK: %[[P:.*]] = arith.mulf
  // CHECK: theria.einsum "ij,jk->ik" %[[P]]
  %p = arith.mulf %x, %y : tensor<3x4xf64>
  %r = theria.einsum "ij,jk->ik" %p, %z : (tensor<3x4xf64>, tensor<4x5xf64>) -> tensor<3x5xf64>
  return %r : tensor<3x5xf64>
}

// -----

// A sum over a broadcast label counts it; constants leave; a product of equal shapes needs no einsum.
// CHECK-LABEL: @constants
// CHECK-SAME: %[[C:.*]]: tensor<3xf64>, %[[X:.*]]: tensor<3x4xf64>
func.func @constants(%c: tensor<3xf64>, %x: tensor<3x4xf64>) -> (tensor<3xf64>, tensor<3xf64>, tensor<3x4xf64>) {
  // CHECK-DAG: %[[FOUR:.*]] = arith.constant dense<4.000000e+00> : tensor<3xf64>
  // CHECK-DAG: arith.mulf %[[C]], %[[FOUR]]
  // CHECK-DAG: theria.einsum "ij->i" %[[X]]
  // CHECK-DAG: arith.mulf %[[X]], %[[X]]
  %b = theria.einsum "i->ij" %c : (tensor<3xf64>) -> tensor<3x4xf64>
  %s = theria.einsum "ij->i" %b : (tensor<3x4xf64>) -> tensor<3xf64>
  %one = arith.constant dense<1.0> : tensor<3x4xf64>
  %t = theria.einsum "ij,ij->i" %one, %x : (tensor<3x4xf64>, tensor<3x4xf64>) -> tensor<3xf64>
  %u = theria.einsum "ab,ab->ab" %x, %x : (tensor<3x4xf64>, tensor<3x4xf64>) -> tensor<3x4xf64>
  return %s, %t, %u : tensor<3xf64>, tensor<3xf64>, tensor<3x4xf64>
}

// -----

// Labels that are summed inside get names that are free, which no other of them has or got.
// CHECK-LABEL: @names
func.func @names(%x: tensor<2x3x4x5xf64>) -> tensor<4xf64> {
  // CHECK-NEXT: theria.einsum "cdab->a" %arg0
  %t = theria.einsum "acde->de" %x : (tensor<2x3x4x5xf64>) -> tensor<4x5xf64>
  %s = theria.einsum "ab->a" %t : (tensor<4x5xf64>) -> tensor<4xf64>
  return %s : tensor<4xf64>
}
