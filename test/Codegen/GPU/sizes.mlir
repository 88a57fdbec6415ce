// Features have sizes when a GPU's code is made.
// RUN: not theria-opt %s --theria-nvvm 2>&1 | FileCheck %s
// CHECK: sizes.mlir:[[#@LINE+6]]:8: error: expected tiles whose sizes are known when a GPU's code is made, but found 'tensor.{{[a-z_]+}}' of a dimension '?' that is neither rows nor columns; give its size in the types

!p = tensor<?x?xf32, #theria.pair<rows = 0, cols = 1>>

func.func @main(%a: tensor<?x?xf32>, %b: tensor<?x?xf32>) -> tensor<?xf32> {
  %s = theria.einsum "id,jd->ij" %a, %b : (tensor<?x?xf32>, tensor<?x?xf32>) -> !p
  %r = theria.einsum "ij->i" %s : (!p) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
