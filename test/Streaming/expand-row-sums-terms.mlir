// What of a sum is summed apart where statistics leave it.
// RUN: theria-opt %s --theria-stream="schedule=recompute cpu=x86-64-v3" | FileCheck %s
// RUN: mkdir -p %t
// DEFINE: %{same} = --expect=@%t/0.npy --expect=@%t/1.npy --expect=@%t/2.npy --expect=@%t/3.npy --rtol=1e-11
// RUN: theria-run %s --function=all --fill=normal:3 --path=reference --output=@%t/0.npy --output=@%t/1.npy --output=@%t/2.npy --output=@%t/3.npy
// RUN: theria-run %s --function=all --fill=normal:3 --tile=4x4 --schedule=recompute %{same}

!p = tensor<13x50xf64, #theria.pair<rows = 0, cols = 1>>
!a = tensor<13x3xf64>
!b = tensor<50x3xf64>
!r = tensor<13xf64>

// Terms without a statistic, or with the same one, are summed together, each with its sign: two sums beside r.
// CHECK-LABEL: func.func @together(
// CHECK-SAME: accumulators = [{{[{][^}]*[}], [{][^}]*[}], [{][^}]*[}]}}], blocks
// CHECK-SAME: levels = 1
func.func @together(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %x = math.tanh %s : !p
  %r = theria.einsum "ij->i" %x : (!p) -> !r
  %rs = theria.einsum "i->ij" %r : (!r) -> !p
  %y = math.sin %s : !p
  %z = math.cos %s : !p
  %ry = arith.mulf %rs, %y : !p
  %t0 = arith.subf %rs, %s : !p
  %t1 = arith.addf %t0, %z : !p
  %t2 = arith.subf %t1, %y : !p
  %t = arith.subf %t2, %ry : !p
  %o = theria.einsum "ij,ij->i" %t, %z : (!p, !p) -> !r
  return %o : !r
}

// Statistics of columns stay: in the second sweep only their own sum is taken.
// CHECK-LABEL: func.func @columns(
// CHECK-SAME: kind = "columns"
// CHECK-SAME: accumulators = [{{.}}bytes = 104 : i64, kind = "rows", value = "theria.einsum \22ij->i\22"}], blocks
func.func @columns(%a: !a, %b: !b) -> (!r, !r) {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %x = math.tanh %s : !p
  %r = theria.einsum "ij->i" %x : (!p) -> !r
  %rs = theria.einsum "i->ij" %r : (!r) -> !p
  %y = math.sin %s : !p
  %c = theria.einsum "ij->j" %y : (!p) -> tensor<50xf64>
  %cs = theria.einsum "j->ij" %c : (tensor<50xf64>) -> !p
  %t = arith.addf %rs, %cs : !p
  %z = math.cos %s : !p
  %o = theria.einsum "ij,ij->i" %t, %z : (!p, !p) -> !r
  %w = math.absf %s : !p
  %u = arith.subf %s, %rs : !p
  %o2 = theria.einsum "ij,ij->i" %u, %w : (!p, !p) -> !r
  return %o, %o2 : !r, !r
}

// An exponential with a statistic that is no maximum waits for it, and so does all that it multiplies.
// CHECK-LABEL: func.func @exponential(
// CHECK-SAME: accumulators = [{{[{][^}]*[}], [{][^}]*[}], [{][^}]*[}], [{][^}]*[}]}}], blocks
// CHECK-SAME: levels = 2
func.func @exponential(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %max = theria.reduce_max %s dim = 1 : (!p) -> !r
  %maxs = theria.einsum "i->ij" %max : (!r) -> !p
  %d = arith.subf %s, %maxs : !p
  %e = math.exp %d : !p
  %sum = theria.einsum "ij->i" %e : (!p) -> !r
  %sums = theria.einsum "i->ij" %sum : (!r) -> !p
  %x = math.tanh %s : !p
  %r = theria.einsum "ij->i" %x : (!p) -> !r
  %rs = theria.einsum "i->ij" %r : (!r) -> !p
  %f = arith.subf %s, %rs : !p
  %other = math.exp %f : !p
  %y = math.sin %s : !p
  %t = arith.subf %y, %sums : !p
  %o = theria.einsum "ij,ij->i" %other, %t : (!p, !p) -> !r
  return %o : !r
}

func.func @all(%a: !a, %b: !b) -> (!r, !r, !r, !r) {
  %0 = call @together(%a, %b) : (!a, !b) -> !r
  %1:2 = call @columns(%a, %b) : (!a, !b) -> (!r, !r)
  %2 = call @exponential(%a, %b) : (!a, !b) -> !r
  return %0, %1#0, %2, %1#1 : !r, !r, !r, !r
}
