// Sums that do not follow a maximum, and one that does.
// RUN: theria-opt %s --theria-stream="row-tile=4 column-tile=4 cpu=x86-64-v3" | FileCheck %s
// RUN: mkdir -p %t
// DEFINE: %{same} = --expect=@%t/0.npy --expect=@%t/1.npy --expect=@%t/2.npy --rtol=1e-11
// RUN: theria-run %s --function=all --fill=normal:3 --path=reference --output=@%t/0.npy --output=@%t/1.npy --output=@%t/2.npy
// RUN: theria-run %s --function=all --fill=normal:3 --tile=4x4 %{same}

!p = tensor<13x50xf64, #theria.pair<rows = 0, cols = 1>>
!m = tensor<13x50xi1, #theria.pair<rows = 0, cols = 1>>
!a = tensor<13x3xf64>
!b = tensor<50x3xf64>
!r = tensor<13xf64>

// What is linear in e grows as e does.
// CHECK-LABEL: func.func @linear(
// CHECK-SAME: levels = 1
func.func @linear(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %max = theria.reduce_max %s dim = 1 : (!p) -> !r
  %shift = theria.einsum "i->ij" %max : (!r) -> !p
  %d = arith.subf %s, %shift : !p
  %e = math.exp %d : !p
  %x = math.tanh %s : !p
  %ex = arith.mulf %e, %x : !p
  %es = arith.mulf %e, %s : !p
  %t = arith.subf %ex, %es : !p
  %u = arith.addf %t, %e : !p
  %o = theria.einsum "ij->i" %u : (!p) -> !r
  return %o : !r
}

// Under a mask the shift is 0 elsewhere, and e does not grow there.
// CHECK-LABEL: func.func @masked_shift(
// CHECK-SAME: levels = 2
func.func @masked_shift(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %max = theria.reduce_max %s dim = 1 : (!p) -> !r
  %zero = arith.constant dense<0.0> : !p
  %m = arith.cmpf ogt, %s, %zero : !p
  %shift = theria.einsum "i->ij" %max where "ij" %m : (!r, !m) -> !p
  %d = arith.subf %s, %shift : !p
  %e = math.exp %d : !p
  %o = theria.einsum "ij->i" %e : (!p) -> !r
  return %o : !r
}

// A shift of two maxima follows neither.
// CHECK-LABEL: func.func @two_maxima(
// CHECK-SAME: levels = 2
func.func @two_maxima(%a: !a, %b: !b) -> !r {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !b) -> !p
  %max = theria.reduce_max %s dim = 1 : (!p) -> !r
  %zero = arith.constant dense<0.0> : !p
  %m = arith.cmpf olt, %s, %zero : !p
  %other = theria.reduce_max %s dim = 1 where %m : (!p, !m) -> !r
  %both = arith.maximumf %max, %other : !r
  %shift = theria.einsum "i->ij" %both : (!r) -> !p
  %d = arith.subf %s, %shift : !p
  %e = math.exp %d : !p
  %o = theria.einsum "ij->i" %e : (!p) -> !r
  return %o : !r
}

func.func @all(%a: !a, %b: !b) -> (!r, !r, !r) {
  %0 = call @linear(%a, %b) : (!a, !b) -> !r
  %1 = call @masked_shift(%a, %b) : (!a, !b) -> !r
  %2 = call @two_maxima(%a, %b) : (!a, !b) -> !r
  return %0, %1, %2 : !r, !r, !r
}
