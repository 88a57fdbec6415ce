// RUN: theria-opt %s --theria-simplify --split-input-file | FileCheck %s
// Σ_j w_ij (Σ_d r_id·c_jd) = Σ_d r_id (Σ_j w_ij·c_jd), where the right inner sum is computed anyway.

!pair = tensor<2x?x?xf64, #theria.pair<rows = 1, cols = 2>>

// CHECK-LABEL: @row_sum
// CHECK-SAME: %[[W:[^:]*]]: tensor<2x?x?xf64, {{.*}}>>, %[[R:[^:]*]]: tensor<2x?x4xf64>, %[[C:[^:]*]]: tensor
func.func @row_sum(%w: !pair, %r: tensor<2x?x4xf64>, %c: tensor<2x?x4xf64>) -> (tensor<2x?xf64>, tensor<2x?x4xf64>) {
  // The sum that is used again stands later: it moves up.
  // CHECK-NEXT: %[[O:.*]] = theria.einsum "hij,hjd->hid" %[[W]], %[[C]]
  // CHECK-NEXT: %[[S:.*]] = theria.einsum "hid,hid->hi" %[[R]], %[[O]]
  // CHECK-NEXT: return %[[S]], %[[O]] :
  %rc = theria.einsum "hid,hjd->hij" %r, %c : (tensor<2x?x4xf64>, tensor<2x?x4xf64>) -> !pair
  %s = theria.einsum "hij,hij->hi" %rc, %w : (!pair, !pair) -> tensor<2x?xf64>
  %o = theria.einsum "hij,hjd->hid" %w, %c : (!pair, tensor<2x?x4xf64>) -> tensor<2x?x4xf64>
  return %s, %o : tensor<2x?xf64>, tensor<2x?x4xf64>
}

// -----

!pair = tensor<2x?x?xf64, #theria.pair<rows = 1, cols = 2>>

// Grouped heads, through a negated product that has another use.
// CHECK-LABEL: @negated_product
func.func @negated_product(%w: tensor<2x3x5x7xf64, #theria.pair<rows = 2, cols = 3>>, %r: tensor<2x3x5x4xf64>, %c: tensor<2x7x4xf64>)
    -> (tensor<2x3x5xf64>, tensor<2x3x5x4xf64>, tensor<2x3x5x7xf64, #theria.pair<rows = 2, cols = 3>>) {
  // CHECK: %[[O:.*]] = theria.einsum "hgij,hjd->hgid"
  // CHECK: %[[S:.*]] = theria.einsum "hgid,hgid->hgi" %arg1, %[[O]]
  // CHECK: %[[N:.*]] = arith.negf %[[S]]
  // CHECK: return %[[N]], %[[O]],
  %o = theria.einsum "hgij,hjd->hgid" %w, %c : (tensor<2x3x5x7xf64, #theria.pair<rows = 2, cols = 3>>, tensor<2x7x4xf64>) -> tensor<2x3x5x4xf64>
  %rc = theria.einsum "hgid,hjd->hgij" %r, %c : (tensor<2x3x5x4xf64>, tensor<2x7x4xf64>) -> tensor<2x3x5x7xf64, #theria.pair<rows = 2, cols = 3>>
  %p = arith.mulf %rc, %w : tensor<2x3x5x7xf64, #theria.pair<rows = 2, cols = 3>>
  %n = arith.negf %p : tensor<2x3x5x7xf64, #theria.pair<rows = 2, cols = 3>>
  %s = theria.einsum "hgij->hgi" %n : (tensor<2x3x5x7xf64, #theria.pair<rows = 2, cols = 3>>) -> tensor<2x3x5xf64>
  return %s, %o, %p : tensor<2x3x5xf64>, tensor<2x3x5x4xf64>, tensor<2x3x5x7xf64, #theria.pair<rows = 2, cols = 3>>
}

// -----

!pair = tensor<2x?x?xf64, #theria.pair<rows = 1, cols = 2>>

// Where nothing else needs the sum, the plain row sum is cheaper by a contraction.
// CHECK-LABEL: @alone
func.func @alone(%w: !pair, %r: tensor<2x?x4xf64>, %c: tensor<2x?x4xf64>) -> tensor<2x?xf64> {
  // CHECK: %[[RC:.*]] = theria.einsum "hid,hjd->hij"
  // CHECK: theria.einsum "hij,hij->hi" %[[RC]], %arg0
  %rc = theria.einsum "hid,hjd->hij" %r, %c : (tensor<2x?x4xf64>, tensor<2x?x4xf64>) -> !pair
  %s = theria.einsum "hij,hij->hi" %rc, %w : (!pair, !pair) -> tensor<2x?xf64>
  %o = theria.einsum "hij,hjd->hid" %w, %c : (!pair, tensor<2x?x4xf64>) -> tensor<2x?x4xf64>
  return %s : tensor<2x?xf64>
}

// -----

// Not where the summed label stands elsewhere, nor where the sum is one of other labels.
// CHECK-LABEL: @elsewhere
func.func @elsewhere(%i: tensor<5xf64>, %w: tensor<5x7xf64>, %r: tensor<5x4xf64>, %c: tensor<7x4xf64>) -> (tensor<5x7xf64>, tensor<5x4xf64>, tensor<4xf64>) {
  // CHECK-COUNT-4: theria.einsum
  // CHECK-NOT: theria.einsum
  %o = theria.einsum "ij,jd->id" %w, %c : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  %t = theria.einsum "ij,jd->d" %w, %c : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<4xf64>
  %rc = theria.einsum "id,jd->ij" %r, %c : (tensor<5x4xf64>, tensor<7x4xf64>) -> tensor<5x7xf64>
  %s = theria.einsum "ij,ij,i->ij" %rc, %w, %i : (tensor<5x7xf64>, tensor<5x7xf64>, tensor<5xf64>) -> tensor<5x7xf64>
  return %s, %o, %t : tensor<5x7xf64>, tensor<5x4xf64>, tensor<4xf64>
}

// -----

// Labels of unknown size are more than any of known size.
// CHECK-LABEL: @unknown_sizes
func.func @unknown_sizes(%w: tensor<2x?xf64>, %r: tensor<2x90xf64>, %c: tensor<?x90xf64>) -> (tensor<2xf64>, tensor<2x90xf64>) {
  // CHECK: %[[O:.*]] = theria.einsum "ij,jd->id"
  // CHECK: theria.einsum "id,id->i" %arg1, %[[O]]
  %rc = theria.einsum "id,jd->ij" %r, %c : (tensor<2x90xf64>, tensor<?x90xf64>) -> tensor<2x?xf64>
  %s = theria.einsum "ij,ij->i" %rc, %w : (tensor<2x?xf64>, tensor<2x?xf64>) -> tensor<2xf64>
  %o = theria.einsum "ij,jd->id" %w, %c : (tensor<2x?xf64>, tensor<?x90xf64>) -> tensor<2x90xf64>
  return %s, %o : tensor<2xf64>, tensor<2x90xf64>
}

// -----

// Of two factors that are one value, the second is a part of the sum.
// CHECK-LABEL: @second_of_two
func.func @second_of_two(%x: tensor<5x7xf64>, %y: tensor<7x4xf64>) -> (tensor<5x4xf64>, tensor<5x5x4xf64>) {
  // CHECK: %[[O:.*]] = theria.einsum "ij,jk->ik"
  // CHECK: %[[S:.*]] = theria.einsum "ab->a" %arg0
  // CHECK: theria.einsum {{.*}} %[[O]], %[[S]]
  %o = theria.einsum "ij,jk->ik" %x, %y : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  %r = theria.einsum "ab,cd,de->ace" %x, %x, %y : (tensor<5x7xf64>, tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x5x4xf64>
  return %o, %r : tensor<5x4xf64>, tensor<5x5x4xf64>
}
