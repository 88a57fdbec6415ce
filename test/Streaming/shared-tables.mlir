// Batches of different sizes, and none at all, over one table of pairs: what one walk adds lies along the same batches.
// DEFINE: %{certify} = --fill=normal:3 --check --check-lines=accuracy,stages,bits

!t = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
!two = tensor<2x5x7xf64, #theria.pair<rows = 1, cols = 2>>
!three = tensor<3x5x7xf64, #theria.pair<rows = 1, cols = 2>>

// RUN: theria-run %s --function=batches %{certify} | FileCheck %s
// RUN: theria-run %s --function=batches --derive=jvp --tile=2x4 %{certify} | FileCheck %s

// The gradient of the table is a sum over each of the batches.
// RUN: theria-run %s --function=batches --derive=vjp --tile=2x4 %{certify} | FileCheck %s
// RUN: theria-run %s --function=batches --derive=vjp,jvp %{certify} | FileCheck %s
// CHECK: none fail
func.func @batches(%s: tensor<5x7xf64>, %x: tensor<2x7xf64>, %y: tensor<3x7xf64>)
    -> (tensor<2x5xf64>, tensor<3x5xf64>, tensor<5xf64>, tensor<7xf64>) {
  %t = theria.pair_cast %s : tensor<5x7xf64> to !t
  %a = theria.einsum "nm,bm->bnm" %t, %x : (!t, tensor<2x7xf64>) -> !two
  %b = theria.einsum "nm,bm->bnm" %t, %y : (!t, tensor<3x7xf64>) -> !three
  %p = math.tanh %a : !two
  %q = math.tanh %b : !three
  %r = math.tanh %t : !t
  %u = theria.einsum "bnm->bn" %p : (!two) -> tensor<2x5xf64>
  %v = theria.einsum "bnm->bn" %q : (!three) -> tensor<3x5xf64>
  %w = theria.einsum "nm->n" %r : (!t) -> tensor<5xf64>
  %z = theria.logsumexp %r dim = 0 : (!t) -> tensor<7xf64>
  return %u, %v, %w, %z : tensor<2x5xf64>, tensor<3x5xf64>, tensor<5xf64>, tensor<7xf64>
}

// A walk without the batches of the rest of its stream, whose sizes are not known.
// RUN: theria-run %s --function=apart --derive=vjp %{certify} --input=1x3x2xf64=normal:1 --input=3x4xf64=normal:2 \
// RUN:   --input=1x4xf64=normal:3 | FileCheck %s
!open = tensor<?x?xf64, #theria.pair<rows = 0, cols = 1>>
!one = tensor<1x?x?xf64, #theria.pair<rows = 1, cols = 2>>
func.func @apart(%x: tensor<1x?x?xf64>, %s: tensor<?x?xf64>) -> tensor<1x?xf64> {
  %t = theria.pair_cast %s : tensor<?x?xf64> to !open
  %p = theria.einsum "nm,bnd->bnm" %t, %x : (!open, tensor<1x?x?xf64>) -> !one
  %y = theria.einsum "bnd,bnm->bm" %x, %p : (tensor<1x?x?xf64>, !one) -> tensor<1x?xf64>
  %z = math.atan %y : tensor<1x?xf64>
  return %z : tensor<1x?xf64>
}

// One pair value that is two results.
// RUN: theria-run %s --function=twice --schedule=recompute %{certify} | FileCheck %s
// RUN: theria-run %s --function=twice --schedule=recompute --derive=vjp %{certify} | FileCheck %s
func.func @twice(%s: tensor<5x7xf64>) -> (!t, !t, tensor<5xf64>) {
  %t = theria.pair_cast %s : tensor<5x7xf64> to !t
  %l = theria.logsumexp %t dim = 1 : (!t) -> tensor<5xf64>
  %b = theria.einsum "n->nm" %l : (tensor<5xf64>) -> !t
  %d = arith.subf %t, %b : !t
  %e = math.exp %d : !t
  %y = theria.einsum "nm,nm->n" %e, %d : (!t, !t) -> tensor<5xf64>
  return %e, %e, %y : !t, !t, tensor<5xf64>
}
