// Sums of a user's own exponentials follow the maximum while it is found, whatever else is in them; those that do not
// scale with it come a walk later.
// RUN: theria-opt %s --theria-stream="row-tile=4 column-tile=4 cpu=x86-64-v3" | FileCheck %s
// RUN: mkdir -p %t
// RUN: theria-run %s --function=sums --fill=normal:3 --path=reference --output=@%t/0.npy --output=@%t/1.npy --output=@%t/2.npy --output=@%t/3.npy
// DEFINE: %{same} = --expect=@%t/0.npy --expect=@%t/1.npy --expect=@%t/2.npy --expect=@%t/3.npy --rtol=1e-12
// RUN: theria-run %s --function=sums --fill=normal:3 --tile=4x4 --schedule=strips %{same}
// RUN: theria-run %s --function=sums --fill=normal:3 --tile=3x2 --schedule=recompute %{same}
// RUN: theria-run %s --function=sums --fill=normal:3 --tile=128x128 %{same}

!p = tensor<13x50xf64, #theria.pair<rows = 0, cols = 1>>
!r = tensor<13xf64>

// CHECK-LABEL: func.func @sums
// CHECK-SAME: levels = 2
func.func @sums(%a: tensor<13x3xf64>, %b: tensor<50x3xf64>, %w: tensor<50xf64>) -> (!r, !r, !r, !r) {
  %s = theria.einsum "id,jd->ij" %a, %b : (tensor<13x3xf64>, tensor<50x3xf64>) -> !p
  %max = theria.reduce_max %s dim = 1 : (!p) -> !r
  %shift = theria.einsum "i->ij" %max : (!r) -> !p
  %t = arith.subf %s, %shift : !p
  %e = math.exp %t : !p
  // In the first walk: e, and e·w less e·s.
  %sum = theria.einsum "ij->i" %e : (!p) -> !r
  %weighted = theria.einsum "ij,j->ij" %e, %w : (!p, tensor<50xf64>) -> !p
  %product = arith.mulf %e, %s : !p
  %difference = arith.subf %weighted, %product : !p
  %mixed = theria.einsum "ij->i" %difference : (!p) -> !r
  // Later: e + tanh s and e² do not scale as e does.
  %tanh = math.tanh %s : !p
  %plus = arith.addf %e, %tanh : !p
  %offset = theria.einsum "ij,j->i" %plus, %w : (!p, tensor<50xf64>) -> !r
  %square = theria.einsum "ij,ij->i" %e, %e : (!p, !p) -> !r
  return %sum, %mixed, %offset, %square : !r, !r, !r, !r
}
