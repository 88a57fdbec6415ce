// RUN: theria-opt %s --theria-split-normalisers --cse --split-input-file | FileCheck %s
// Of which products the factor 1/z leaves a sum.

!p = tensor<?x?xf32, #theria.pair<rows = 0, cols = 1>>
!h = tensor<4x?x?xf32, #theria.pair<rows = 1, cols = 2>>
!r = tensor<?xf32>

// CHECK-LABEL: func.func @products(
// CHECK: %[[COLUMNS:.*]] = tensor.dim %arg0, %c1
// CHECK: %[[MAX:.*]] = theria.reduce_max %arg0
// CHECK: %[[SHIFT:.*]] = arith.select %{{.*}}, %[[MAX]],
// CHECK: theria.einsum "a->ab" %[[SHIFT]] sizes(%[[COLUMNS]])
// CHECK: %[[E:.*]] = math.exp
// CHECK: %[[R:.*]] = arith.divf
// CHECK: %[[P:.*]] = arith.mulf %[[E]],
// What is no multiple of it stays as it is.
// CHECK: %[[OTHER:.*]] = arith.mulf %arg0, %arg0
// CHECK: %[[OF_OTHER:.*]] = theria.einsum "ij->i" %[[OTHER]]
// So does what waits for the logarithm of z all the same, or has another dimension, or is summed already.
// CHECK: %[[WAITS:.*]] = arith.mulf %[[P]], %{{.*}}
// CHECK: %[[OF_WAITS:.*]] = theria.einsum "ij->i" %[[WAITS]]
// CHECK: %[[RAISED:.*]] = theria.einsum "ij,h->hij" %[[P]], %arg1
// CHECK: %[[OF_RAISED:.*]] = theria.einsum "hij->hi" %[[RAISED]]
// CHECK: %[[SUMMED:.*]] = theria.einsum "ij,jk->jk" %[[P]], %arg0
// CHECK: %[[OF_SUMMED:.*]] = theria.einsum "jk->j" %[[SUMMED]]
// CHECK: %[[SUM:.*]] = arith.addf %[[E]], %[[E]]
// CHECK: %[[OF_SUM:.*]] = theria.einsum "ij->i" %[[SUM]]
// CHECK: %[[SCALED:.*]] = theria.einsum "i,i->i" %[[OF_SUM]], %[[R]]
// CHECK: return %[[OF_OTHER]], %[[OF_WAITS]], %[[OF_RAISED]], %[[OF_SUMMED]], %[[SCALED]] :
func.func @products(%s: !p, %w: tensor<4xf32>) -> (!r, !r, tensor<4x?xf32>, !r, !r) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %s, %c0 : !p
  %columns = tensor.dim %s, %c1 : !p
  %lowest = arith.constant 0xFF800000 : f32
  %infinity = tensor.splat %lowest[%rows] : !r
  %none = arith.constant 0.0 : f32
  %zero = tensor.splat %none[%rows] : !r
  %lse = theria.logsumexp %s dim = 1 : (!p) -> !r
  %empty = arith.cmpf oeq, %lse, %infinity : !r
  %c = arith.select %empty, %zero, %lse : tensor<?xi1>, !r
  %b = theria.einsum "i->ij" %c sizes(%columns) : (!r) -> !p
  %d = arith.subf %s, %b : !p
  %p = math.exp %d : !p
  %other = arith.mulf %s, %s : !p
  %of_other = theria.einsum "ij->i" %other : (!p) -> !r
  %negated = arith.negf %lse : !r
  %l = theria.einsum "i->ij" %negated sizes(%columns) : (!r) -> !p
  %waits = arith.mulf %p, %l : !p
  %of_waits = theria.einsum "ij->i" %waits : (!p) -> !r
  %raised = theria.einsum "ij,h->hij" %p, %w : (!p, tensor<4xf32>) -> !h
  %of_raised = theria.einsum "hij->hi" %raised : (!h) -> tensor<4x?xf32>
  %summed = theria.einsum "ij,jk->jk" %p, %s : (!p, !p) -> !p
  %of_summed = theria.einsum "jk->j" %summed : (!p) -> !r
  %sum = arith.addf %p, %p : !p
  %of_sum = theria.einsum "ij->i" %sum : (!p) -> !r
  return %of_other, %of_waits, %of_raised, %of_summed, %of_sum : !r, !r, tensor<4x?xf32>, !r, !r
}
