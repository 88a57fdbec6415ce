// What a sweep makes of its own statistics: sizes come from what was there before it, and a sum of pairs that is repeated
// along features is a sum first.
// RUN: mkdir -p %t
// DEFINE: %{x} = --input=5x3xf64=normal:1 --input=9x3xf64=normal:2 --input=9x2xf64=normal:3 --fill=normal:4
// DEFINE: %{save} = --output=@%t/0.npy --output=@%t/1.npy --output=@%t/2.npy
// DEFINE: %{same} = --rtol=1e-13 --atol=1e-13 --expect=@%t/0.npy --expect=@%t/1.npy --expect=@%t/2.npy
// RUN: theria-run %s %{x} --function=hvp --path=reference %{save}
// RUN: theria-run %s %{x} --function=hvp --path=streaming --tile=2x4 %{same}

// RUN: theria-opt %s --theria-stream | FileCheck %s
// CHECK-LABEL: @repeated
// CHECK: theria.einsum "ij->i" {{.*}} : (tensor<5x9xf64>) -> tensor<5xf64>
// CHECK: theria.einsum "i->ic" {{.*}} : (tensor<5xf64>) -> tensor<5x2xf64>

!x = tensor<?x?xf64>
!p = tensor<?x?xf64, #theria.pair<rows = 0, cols = 1>>
func.func private @mean(%x: !x, %y: !x, %v: !x) -> f64 {
  %c1 = arith.constant 1 : index
  %c = tensor.dim %v, %c1 : !x
  %s = theria.einsum "id,jd->ij" %x, %y : (!x, !x) -> !p
  %e = math.exp %s : !p
  %sum = theria.einsum "ij,jc->ic" %e, %v : (!p, !x) -> !x
  %z = theria.einsum "ij->ic" %e sizes(%c) : (!p) -> !x
  %mean = arith.divf %sum, %z : !x
  %error = theria.einsum "ic,ic->" %mean, %mean : (!x, !x) -> tensor<f64>
  %loss = tensor.extract %error[] : tensor<f64>
  return %loss : f64
}

func.func @hvp(%x: !x, %y: !x, %v: !x) -> (!x, !x, !x) {
  %g = arith.constant 1.0 : f64
  %h:3 = theria.hvp @mean(%x, %y, %v) cotangents(%g : f64) tangents(%x, %y, %v) : (!x, !x, !x) -> (!x, !x, !x)
  return %h#0, %h#1, %h#2 : !x, !x, !x
}

!q = tensor<5x9xf64, #theria.pair<rows = 0, cols = 1>>
func.func @repeated(%x: tensor<5x3xf64>, %y: tensor<9x3xf64>) -> tensor<5x2xf64> {
  %s = theria.einsum "id,jd->ij" %x, %y : (tensor<5x3xf64>, tensor<9x3xf64>) -> !q
  %e = math.exp %s : !q
  %z = theria.einsum "ij->ic" %e : (!q) -> tensor<5x2xf64>
  return %z : tensor<5x2xf64>
}
