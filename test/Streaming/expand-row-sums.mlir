// Statistics of rows leave the sums that they are in, where nothing is kept: then fewer levels wait for each other.
// RUN: theria-opt %s --theria-stream="schedule=recompute cpu=x86-64-v3" | FileCheck %s
// RUN: mkdir -p %t
// DEFINE: %{outputs} = @%t/0.npy --output=@%t/1.npy --output=@%t/2.npy --output=@%t/3.npy --output=@%t/4.npy
// DEFINE: %{same} = --expect=@%t/0.npy --expect=@%t/1.npy --expect=@%t/2.npy --expect=@%t/3.npy --expect=@%t/4.npy --rtol=1e-11
// RUN: theria-run %s --function=sums --fill=normal:3 --path=reference --output=%{outputs}
// RUN: theria-run %s --function=sums --fill=normal:3 --tile=4x4 --schedule=recompute %{same}
!p = tensor<13x50xf64, #theria.pair<rows = 0, cols = 1>>
!h = tensor<2x13x50xf64, #theria.pair<rows = 1, cols = 2>>
!a = tensor<13x3xf64>
!b = tensor<50x3xf64>
!r = tensor<13xf64>

// CHECK-LABEL: func.func @plain(
// CHECK-SAME: levels = 1
func.func @plain(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %x = math.tanh %s : !p
  %r = theria.einsum "ij->i" %x : (!p) -> !r
  %rs = theria.einsum "i->ij" %r : (!r) -> !p
  %y = math.sin %s : !p
  %d = arith.subf %s, %rs : !p
  %o = theria.einsum "ij,ij->i" %d, %y : (!p, !p) -> !r
  return %o : !r
}

// With the sign that a term has.
// CHECK-LABEL: func.func @negated(
// CHECK-SAME: accumulators = [{{[{][^}]*[}], [{][^}]*[}], [{][^}]*[}], [{][^}]*[}]}}], blocks
func.func @negated(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %x = math.tanh %s : !p
  %r = theria.einsum "ij->i" %x : (!p) -> !r
  %rs = theria.einsum "i->ij" %r : (!r) -> !p
  %y = math.cos %s : !p
  %d = arith.subf %s, %rs : !p
  %n = arith.negf %d : !p
  %e = math.tanh %n : !p
  %sum = theria.einsum "ij->i" %e : (!p) -> !r
  %o = theria.einsum "ij,ij->i" %n, %y : (!p, !p) -> !r
  %t = arith.addf %sum, %o : !r
  return %t : !r
}

// CHECK-LABEL: func.func @masked(
// CHECK-SAME: levels = 1
func.func @masked(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %zero = arith.constant dense<0.0> : !p
  %m = arith.cmpf ogt, %s, %zero : !p
  %x = math.tanh %s : !p
  %r = theria.einsum "ij->i" %x : (!p) -> !r
  %rs = theria.einsum "i->ij" %r : (!r) -> !p
  %y = math.sin %s : !p
  %d = arith.subf %s, %rs : !p
  %o = theria.einsum "ij,ij->i" %d, %y where "ij" %m : (!p, !p, tensor<13x50xi1, #theria.pair<rows = 0, cols = 1>>) -> !r
  return %o : !r
}

// CHECK-LABEL: func.func @two(
// CHECK-SAME: levels = 1
func.func @two(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %x = math.tanh %s : !p
  %r = theria.einsum "ij->i" %x : (!p) -> !r
  %rs = theria.einsum "i->ij" %r : (!r) -> !p
  %y = math.sin %s : !p
  %t = theria.einsum "ij->i" %y : (!p) -> !r
  %ts = theria.einsum "i->ij" %t : (!r) -> !p
  %e = math.absf %s : !p
  %u = arith.mulf %rs, %s : !p
  %v = arith.mulf %ts, %e : !p
  %w = arith.addf %u, %v : !p
  %o = theria.einsum "ij->i" %w : (!p) -> !r
  return %o : !r
}

// Not where the factors lie along different axes.
// CHECK-LABEL: func.func @heads(
// CHECK-SAME: levels = 2
func.func @heads(%c: tensor<2x13x3xf64>, %a: !a, %b: !b) -> tensor<2x13xf64> {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %x = math.tanh %s : !p
  %t = theria.einsum "hid,jd->hij" %c, %b : (tensor<2x13x3xf64>, !b) -> !h
  %r = theria.einsum "hij->hi" %t : (!h) -> tensor<2x13xf64>
  %rs = theria.einsum "hi->hij" %r : (tensor<2x13xf64>) -> !h
  %d = arith.subf %t, %rs : !h
  %o = theria.einsum "hij,ij->hi" %d, %x : (!h, !p) -> tensor<2x13xf64>
  return %o : tensor<2x13xf64>
}

func.func @sums(%a: !a, %b: !b, %c: tensor<2x13x3xf64>) -> (!r, !r, !r, tensor<2x13xf64>, !r) {
  %0 = call @plain(%a, %b) : (!a, !b) -> !r
  %1 = call @masked(%a, %b) : (!a, !b) -> !r
  %2 = call @two(%a, %b) : (!a, !b) -> !r
  %3 = call @heads(%c, %a, %b) : (tensor<2x13x3xf64>, !a, !b) -> tensor<2x13xf64>
  %4 = call @negated(%a, %b) : (!a, !b) -> !r
  return %0, %1, %2, %3, %4 : !r, !r, !r, tensor<2x13xf64>, !r
}
