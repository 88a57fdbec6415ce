// Pairs that a program takes or returns lie in memory; tables of two dimensions are looked up, and added to, in kernels.
// DEFINE: %{certify} = --fill=normal:3 --check --check-lines=accuracy,stages

!t = tensor<37x21xf32, #theria.pair<rows = 0, cols = 1>>
!i = tensor<37x21xi32, #theria.pair<rows = 0, cols = 1>>
!b = tensor<37x21xi1, #theria.pair<rows = 0, cols = 1>>

// RUN: theria-emulate %s --function=twice %{certify} | FileCheck %s
// RUN: theria-emulate reverse %s --function=twice --derive=vjp %{certify} | FileCheck %s
// CHECK: none fail
func.func @twice(%s: tensor<37x21xf32>) -> (!t, !t, tensor<37xf32>) {
  %t = theria.pair_cast %s : tensor<37x21xf32> to !t
  %l = theria.logsumexp %t dim = 1 : (!t) -> tensor<37xf32>
  %b = theria.einsum "n->nm" %l : (tensor<37xf32>) -> !t
  %d = arith.subf %t, %b : !t
  %e = math.exp %d : !t
  %y = theria.einsum "nm,nm->n" %e, %d : (!t, !t) -> tensor<37xf32>
  return %e, %e, %y : !t, !t, tensor<37xf32>
}

// RUN: theria-emulate %s --function=lookup %{certify} | FileCheck %s
// RUN: theria-emulate random %s --function=lookup --derive=vjp %{certify} | FileCheck %s
func.func @lookup(%s: tensor<37x21xf32>, %table: tensor<2x3xf32>) -> tensor<37xf32> {
  %t = theria.pair_cast %s : tensor<37x21xf32> to !t
  %n = theria.coord dim = 0 : !i
  %m = theria.coord dim = 1 : !i
  %two = arith.constant dense<2> : !i
  %three = arith.constant dense<3> : !i
  %row = arith.remsi %n, %two : !i
  %col = arith.remsi %m, %three : !i
  %bias = theria.gather %table[%row, %col] : (tensor<2x3xf32>, !i, !i) -> !t
  %sum = arith.addf %t, %bias : !t
  %tanh = math.tanh %sum : !t
  %y = theria.einsum "nm->n" %tanh : (!t) -> tensor<37xf32>
  return %y : tensor<37xf32>
}
