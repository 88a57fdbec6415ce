// Tables that sums are added to have sizes when a GPU's code is made.
// RUN: not theria-opt %s --theria-nvvm=function=main 2>&1 | FileCheck %s
// CHECK: sizes.mlir:[[#@LINE+7]]:8: error: expected tiles whose sizes are known when a GPU's code is made, but found 'tensor.splat' of a dimension '?' that is neither rows nor columns; give its size in the types

!p = tensor<64x64xf32, #theria.pair<rows = 0, cols = 1>>
!i = tensor<64x64xi32, #theria.pair<rows = 0, cols = 1>>

func.func private @lookup(%table: tensor<?xf32>) -> tensor<64xf32> {
  %j = theria.coord dim = 1 : !i
  %b = theria.gather %table[%j] : (tensor<?xf32>, !i) -> !p
  %r = theria.einsum "ij->i" %b : (!p) -> tensor<64xf32>
  return %r : tensor<64xf32>
}
func.func @main(%table: tensor<?xf32>, %g: tensor<64xf32>) -> tensor<?xf32> {
  %y, %t = theria.vjp @lookup(%table) cotangents(%g) : (tensor<?xf32>) -> (tensor<64xf32>, tensor<?xf32>)
  return %t : tensor<?xf32>
}
