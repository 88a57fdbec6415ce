// A pair tensor that is left in memory is refused.
// RUN: theria-opt %s --theria-verify-streamed --split-input-file --verify-diagnostics

!pair = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>

func.func @left(%x: tensor<5x3xf64>, %y: tensor<7x3xf64>) -> tensor<5xf64> {
  // expected-error @below {{expected no pair tensor in memory, but 'theria.einsum' needs one; write it with operations that can be walked by blocks, or choose the reference path}}
  %s = theria.einsum "id,jd->ij" %x, %y : (tensor<5x3xf64>, tensor<7x3xf64>) -> !pair
  %r = theria.einsum "ij->i" %s : (!pair) -> tensor<5xf64>
  return %r : tensor<5xf64>
}

// -----

// Without pairs there is nothing to refuse.
func.func @none(%x: tensor<5x3xf64>) -> tensor<5xf64> {
  %r = theria.einsum "id->i" %x : (tensor<5x3xf64>) -> tensor<5xf64>
  return %r : tensor<5xf64>
}
