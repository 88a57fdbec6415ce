// Statistics leave a sum that has up to 8 terms: more would cost more than the level that is saved.
// RUN: theria-opt %s --theria-stream="schedule=recompute cpu=x86-64-v3" | FileCheck %s

!p = tensor<13x50xf64, #theria.pair<rows = 0, cols = 1>>
!a = tensor<13x3xf64>
!b = tensor<50x3xf64>
!r = tensor<13xf64>

// CHECK-LABEL: func.func @eight(
// CHECK-SAME: levels = 1
func.func @eight(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %x = math.tanh %s : !p
  %r = theria.einsum "ij->i" %x : (!p) -> !r
  %rs = theria.einsum "i->ij" %r : (!r) -> !p
  %f1 = math.sin %s : !p
  %t1 = arith.addf %rs, %f1 : !p
  %f2 = math.cos %s : !p
  %t2 = arith.addf %t1, %f2 : !p
  %f3 = math.absf %s : !p
  %t3 = arith.addf %t2, %f3 : !p
  %f4 = math.exp %s : !p
  %t4 = arith.addf %t3, %f4 : !p
  %f5 = math.atan %s : !p
  %t5 = arith.addf %t4, %f5 : !p
  %f6 = math.erf %s : !p
  %t6 = arith.addf %t5, %f6 : !p
  %f7 = math.sinh %s : !p
  %t7 = arith.addf %t6, %f7 : !p
  %o = theria.einsum "ij,ij->i" %t7, %s : (!p, !p) -> !r
  return %o : !r
}

// CHECK-LABEL: func.func @nine(
// CHECK-SAME: levels = 2
func.func @nine(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %x = math.tanh %s : !p
  %r = theria.einsum "ij->i" %x : (!p) -> !r
  %rs = theria.einsum "i->ij" %r : (!r) -> !p
  %f1 = math.sin %s : !p
  %t1 = arith.addf %rs, %f1 : !p
  %f2 = math.cos %s : !p
  %t2 = arith.addf %t1, %f2 : !p
  %f3 = math.absf %s : !p
  %t3 = arith.addf %t2, %f3 : !p
  %f4 = math.exp %s : !p
  %t4 = arith.addf %t3, %f4 : !p
  %f5 = math.atan %s : !p
  %t5 = arith.addf %t4, %f5 : !p
  %f6 = math.erf %s : !p
  %t6 = arith.addf %t5, %f6 : !p
  %f7 = math.sinh %s : !p
  %t7 = arith.addf %t6, %f7 : !p
  %f8 = math.cosh %s : !p
  %t8 = arith.addf %t7, %f8 : !p
  %o = theria.einsum "ij,ij->i" %t8, %s : (!p, !p) -> !r
  return %o : !r
}

// CHECK-LABEL: func.func @three_by_three(
// CHECK-SAME: levels = 2
func.func @three_by_three(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %x = math.tanh %s : !p
  %r = theria.einsum "ij->i" %x : (!p) -> !r
  %rs = theria.einsum "i->ij" %r : (!r) -> !p
  %sin = math.sin %s : !p
  %cos = math.cos %s : !p
  %e = math.exp %s : !p
  %f = math.absf %s : !p
  %t0 = arith.addf %rs, %sin : !p
  %t = arith.addf %t0, %cos : !p
  %u0 = arith.addf %rs, %e : !p
  %u = arith.addf %u0, %f : !p
  %o = theria.einsum "ij,ij,ij->i" %s, %t, %u : (!p, !p, !p) -> !r
  return %o : !r
}
