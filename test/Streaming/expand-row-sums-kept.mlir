// Statistics that do not leave a sum: under a mask of their own, summed on the way, or of columns.
// RUN: theria-opt %s --theria-stream="schedule=recompute cpu=x86-64-v3" | FileCheck %s
// RUN: mkdir -p %t
// DEFINE: %{same} = --expect=@%t/0.npy --expect=@%t/1.npy --expect=@%t/2.npy --rtol=1e-11
// RUN: theria-run %s --function=all --fill=normal:3 --path=reference --output=@%t/0.npy --output=@%t/1.npy --output=@%t/2.npy
// RUN: theria-run %s --function=all --fill=normal:3 --tile=4x4 --schedule=recompute %{same}

!p = tensor<13x50xf64, #theria.pair<rows = 0, cols = 1>>
!m = tensor<13x50xi1, #theria.pair<rows = 0, cols = 1>>
!a = tensor<13x3xf64>
!b = tensor<50x3xf64>
!r = tensor<13xf64>

// CHECK-LABEL: func.func @masked(
// CHECK-SAME: levels = 2
func.func @masked(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %x = math.tanh %s : !p
  %y = math.sin %s : !p
  %r = theria.einsum "ij->i" %x : (!p) -> !r
  %zero = arith.constant dense<0.0> : !p
  %m = arith.cmpf ogt, %s, %zero : !p
  %t = math.tanh %r : !r
  %rs = theria.einsum "i->ij" %t where "ij" %m : (!r, !m) -> !p
  %d = arith.subf %s, %rs : !p
  %o = theria.einsum "ij,ij->i" %d, %y : (!p, !p) -> !r
  return %o : !r
}

// A sum without a statistic stays as it is, too.
// CHECK-LABEL: func.func @summed(
// CHECK-SAME: \22ij,ij->i\22{{.*}}\22ij,ij->i\22{{.*}}levels = 2
func.func @summed(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %x = math.tanh %s : !p
  %y = math.sin %s : !p
  %r = theria.einsum "ij->i" %x : (!p) -> !r
  %q = theria.einsum "i,ik->ik" %r, %a : (!r, !a) -> !a
  %e = math.tanh %q : !a
  %rs = theria.einsum "ik->ij" %e : (!a) -> !p
  %d = arith.subf %s, %rs : !p
  %o = theria.einsum "ij,ij->i" %d, %y : (!p, !p) -> !r
  %w = theria.einsum "ij,ij->i" %x, %y : (!p, !p) -> !r
  %v = arith.addf %o, %w : !r
  return %v : !r
}

func.func @columns(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %x = math.tanh %s : !p
  %y = math.sin %s : !p
  %r = theria.einsum "ij->i" %x : (!p) -> !r
  %rs = theria.einsum "i->ij" %r : (!r) -> !p
  %d = arith.subf %s, %rs : !p
  %t = math.tanh %d : !p
  %c = theria.einsum "ij->j" %t : (!p) -> tensor<50xf64>
  %cs = theria.einsum "j->ij" %c : (tensor<50xf64>) -> !p
  %u = arith.subf %s, %cs : !p
  %o = theria.einsum "ij,ij->i" %u, %y : (!p, !p) -> !r
  return %o : !r
}

func.func @all(%a: !a, %b: !b) -> (!r, !r, !r) {
  %0 = call @masked(%a, %b) : (!a, !b) -> !r
  %1 = call @summed(%a, %b) : (!a, !b) -> !r
  %2 = call @columns(%a, %b) : (!a, !b) -> !r
  return %0, %1, %2 : !r, !r, !r
}
