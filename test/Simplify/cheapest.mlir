// RUN: theria-opt %s --theria-simplify | FileCheck %s
// Of two sums that are computed anyway the one is used that leaves less to do, in whatever order they are found.

// CHECK-LABEL: @first
// CHECK: %[[A:.*]] = theria.einsum "ij,jk->ik"
// CHECK: theria.einsum "kl,ik->il" %{{.*}}, %[[A]]
func.func @first(%x: tensor<5x9xf64>, %y: tensor<9x2xf64>, %z: tensor<2x7xf64>) -> (tensor<5x2xf64>, tensor<9x7xf64>, tensor<5x7xf64>) {
  %a = theria.einsum "ij,jk->ik" %x, %y : (tensor<5x9xf64>, tensor<9x2xf64>) -> tensor<5x2xf64>
  %b = theria.einsum "jk,kl->jl" %y, %z : (tensor<9x2xf64>, tensor<2x7xf64>) -> tensor<9x7xf64>
  %c = theria.einsum "ij,jk,kl->il" %x, %y, %z : (tensor<5x9xf64>, tensor<9x2xf64>, tensor<2x7xf64>) -> tensor<5x7xf64>
  return %a, %b, %c : tensor<5x2xf64>, tensor<9x7xf64>, tensor<5x7xf64>
}

// CHECK-LABEL: @second
// CHECK: %[[B:.*]] = theria.einsum "jk,kl->jl"
// CHECK: theria.einsum "ij,jl->il" %{{.*}}, %[[B]]
func.func @second(%x: tensor<5x2xf64>, %y: tensor<2x9xf64>, %z: tensor<9x7xf64>) -> (tensor<5x9xf64>, tensor<2x7xf64>, tensor<5x7xf64>) {
  %a = theria.einsum "ij,jk->ik" %x, %y : (tensor<5x2xf64>, tensor<2x9xf64>) -> tensor<5x9xf64>
  %b = theria.einsum "jk,kl->jl" %y, %z : (tensor<2x9xf64>, tensor<9x7xf64>) -> tensor<2x7xf64>
  %c = theria.einsum "ij,jk,kl->il" %x, %y, %z : (tensor<5x2xf64>, tensor<2x9xf64>, tensor<9x7xf64>) -> tensor<5x7xf64>
  return %a, %b, %c : tensor<5x9xf64>, tensor<2x7xf64>, tensor<5x7xf64>
}

// What walks pairs costs more than what does not, however few there are.
!pair = tensor<5x2xf64, #theria.pair<rows = 0, cols = 1>>
// CHECK-LABEL: @few_pairs
// CHECK: %[[O:.*]] = theria.einsum "ij,jd->id"
// CHECK: theria.einsum "id,id->i" %arg1, %[[O]]
func.func @few_pairs(%w: !pair, %r: tensor<5x90xf64>, %c: tensor<2x90xf64>) -> (tensor<5xf64>, tensor<5x90xf64>) {
  %rc = theria.einsum "id,jd->ij" %r, %c : (tensor<5x90xf64>, tensor<2x90xf64>) -> !pair
  %s = theria.einsum "ij,ij->i" %rc, %w : (!pair, !pair) -> tensor<5xf64>
  %o = theria.einsum "ij,jd->id" %w, %c : (!pair, tensor<2x90xf64>) -> tensor<5x90xf64>
  return %s, %o : tensor<5xf64>, tensor<5x90xf64>
}
