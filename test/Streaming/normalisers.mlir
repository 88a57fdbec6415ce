// Which sums follow the maximum of a row while it is found: those of exponentials of what it is the maximum of.
// RUN: theria-opt %s --theria-stream="row-tile=4 column-tile=4 cpu=x86-64-v3" | FileCheck %s
// RUN: theria-opt %s --theria-stream="row-tile=64 column-tile=64 cpu=x86-64-v3" | FileCheck %s --check-prefix=ONE
// RUN: mkdir -p %t
// DEFINE: %{outputs} = @%t/0.npy --output=@%t/1.npy --output=@%t/2.npy --output=@%t/3.npy --output=@%t/4.npy
// DEFINE: %{same} = --expect=@%t/0.npy --expect=@%t/1.npy --expect=@%t/2.npy --expect=@%t/3.npy --expect=@%t/4.npy --rtol=1e-11
// RUN: theria-run %s --function=all --fill=normal:3 --path=reference --output=%{outputs}
// RUN: theria-run %s --function=all --fill=normal:3 --tile=4x4 %{same}

!p = tensor<13x50xf64, #theria.pair<rows = 0, cols = 1>>
!a = tensor<13x3xf64>
!b = tensor<50x3xf64>
!r = tensor<13xf64>

// Two maxima, each with its own sum.
// CHECK-LABEL: func.func @two(
// CHECK-SAME: levels = 1
// In one block nothing is summed before a maximum grows: there is nothing to scale.
// ONE-LABEL: func.func @two(
// ONE-COUNT-2: math.exp
// ONE-NOT: math.exp
// ONE-LABEL: func.func @entropy(
func.func @two(%a: !a, %b: !b) -> (!r, !r) {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %max = theria.reduce_max %s dim = 1 : (!p) -> !r
  %shift = theria.einsum "i->ij" %max : (!r) -> !p
  %d = arith.subf %s, %shift : !p
  %e = math.exp %d : !p
  %t = math.sin %s : !p
  %max2 = theria.reduce_max %t dim = 1 : (!p) -> !r
  %shift2 = theria.einsum "i->ij" %max2 : (!r) -> !p
  %d2 = arith.subf %t, %shift2 : !p
  %e2 = math.exp %d2 : !p
  %sum = theria.einsum "ij->i" %e : (!p) -> !r
  %sum2 = theria.einsum "ij->i" %e2 : (!p) -> !r
  return %sum, %sum2 : !r, !r
}

// e·(s − max) does not grow as e does.
// CHECK-LABEL: func.func @entropy(
// CHECK-SAME: levels = 2
func.func @entropy(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %max = theria.reduce_max %s dim = 1 : (!p) -> !r
  %shift = theria.einsum "i->ij" %max : (!r) -> !p
  %d = arith.subf %s, %shift : !p
  %e = math.exp %d : !p
  %ed = arith.mulf %e, %d : !p
  %sum = theria.einsum "ij->i" %ed : (!p) -> !r
  return %sum : !r
}

// The second sweep has the maxima of the first.
// CHECK-LABEL: func.func @later(
// CHECK-SAME: levels = 2{{.*}} levels = 1
func.func @later(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %max = theria.reduce_max %s dim = 1 : (!p) -> !r
  %shift = theria.einsum "i->ij" %max : (!r) -> !p
  %d = arith.subf %s, %shift : !p
  %e = math.exp %d : !p
  %c = theria.einsum "ij->j" %e : (!p) -> tensor<50xf64>
  %o = theria.einsum "ij,j->i" %e, %c : (!p, tensor<50xf64>) -> !r
  return %o : !r
}

// The maximum of one is no shift of another.
// CHECK-LABEL: func.func @other(
// CHECK-SAME: levels = 2
func.func @other(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %t = math.sin %s : !p
  %max = theria.reduce_max %t dim = 1 : (!p) -> !r
  %shift = theria.einsum "i->ij" %max : (!r) -> !p
  %d = arith.subf %s, %shift : !p
  %e = math.exp %d : !p
  %o = theria.einsum "ij->i" %e : (!p) -> !r
  return %o : !r
}

func.func @all(%a: !a, %b: !b) -> (!r, !r, !r, !r, !r) {
  %0:2 = call @two(%a, %b) : (!a, !b) -> (!r, !r)
  %1 = call @entropy(%a, %b) : (!a, !b) -> !r
  %2 = call @later(%a, %b) : (!a, !b) -> !r
  %3 = call @other(%a, %b) : (!a, !b) -> !r
  return %0#0, %0#1, %1, %2, %3 : !r, !r, !r, !r, !r
}
