// Sums that are only added up share an accumulator: their factors leave, and each term keeps its mask.
// RUN: theria-opt %s --theria-stream="row-tile=4 column-tile=4 cpu=x86-64-v3" | FileCheck %s
// RUN: theria-opt %s --theria-form-sweeps="schedule=one-sided row-tile=4 column-tile=4" | FileCheck %s
// RUN: mkdir -p %t
// DEFINE: %{outputs} = @%t/0.npy --output=@%t/1.npy --output=@%t/2.npy --output=@%t/3.npy
// DEFINE: %{same} = --expect=@%t/0.npy --expect=@%t/1.npy --expect=@%t/2.npy --expect=@%t/3.npy --rtol=1e-11
// RUN: theria-run %s --function=all --fill=normal:3 --path=reference --output=%{outputs}
// RUN: theria-run %s --function=all --fill=normal:3 --tile=4x4 %{same}
// RUN: theria-run %s --function=all --fill=normal:3 --tile=4x4 --schedule=one-sided %{same}

!p = tensor<2x13x50xf64, #theria.pair<rows = 1, cols = 2>>
!m = tensor<2x13x50xi1, #theria.pair<rows = 1, cols = 2>>
!a = tensor<2x13x3xf64>
!b = tensor<2x50x3xf64>
!r = tensor<2x13xf64>

// f·a − x + f·b = f·(a + b) − x, with the sums in any place, and the factor given in any order.
// CHECK-LABEL: func.func @rows(
// CHECK-SAME: accumulators = [{bytes = 96 : i64, kind = "rows", value = "theria.einsum \22hij,hjd->hid\22 + theria.einsum \22hij,hjd->hid\22"}], blocks
func.func @rows(%a: !a, %b: !b, %f: !r) -> !a {
  %s = theria.einsum "hid,hjd->hij" %a, %b : (!a, !b) -> !p
  %t = math.tanh %s : !p
  %x = theria.einsum "hij,hjd->hid" %s, %b : (!p, !b) -> !a
  %fx = theria.einsum "hid,hi->hid" %x, %f : (!a, !r) -> !a
  %y = theria.einsum "hij,hjd->hid" %t, %b : (!p, !b) -> !a
  %fy = theria.einsum "ab,abc->abc" %f, %y : (!r, !a) -> !a
  %d = arith.subf %fx, %a : !a
  %sum = arith.addf %d, %fy : !a
  return %sum : !a
}

// What is subtracted too; of columns, under masks that differ.
// CHECK-LABEL: func.func @columns(
// CHECK-SAME: accumulators = [{{[{][^+}]*[+][^+}]*[}]}}], blocks
func.func @columns(%a: !a, %b: !b) -> !b {
  %s = theria.einsum "hid,hjd->hij" %a, %b : (!a, !b) -> !p
  %c = arith.constant dense<0.125> : !b
  %zero = arith.constant dense<0.0> : !p
  %m = arith.cmpf ogt, %s, %zero : !p
  %n = arith.cmpf olt, %s, %zero : !p
  %t = math.sqrt %s : !p
  %x = theria.einsum "hid,hij->hjd" %a, %t where "hij" %m : (!a, !p, !m) -> !b
  %y = theria.einsum "hid,hij->hjd" %a, %s where "hij" %n : (!a, !p, !m) -> !b
  %cx = arith.mulf %x, %c : !b
  %cy = arith.mulf %c, %y : !b
  %d = arith.subf %b, %cx : !b
  %sum = arith.subf %d, %cy : !b
  return %sum : !b
}

// Over batch axes as well, as all of a row's sums that follow its maximum: three terms.
// CHECK-LABEL: func.func @apart(
// CHECK-SAME: accumulators = [{{[{][^+}]*[+][^+}]*[+][^+}]*[}]}}], blocks
func.func @apart(%a: !a, %b: !b) -> tensor<3xf64> {
  %s = theria.einsum "hid,hjd->hij" %a, %b : (!a, !b) -> !p
  %t = math.tanh %s : !p
  %x = theria.einsum "hij,hjd->d" %s, %b : (!p, !b) -> tensor<3xf64>
  %y = theria.einsum "hij,hjd->d" %t, %b : (!p, !b) -> tensor<3xf64>
  %z = theria.einsum "hij,hid->d" %t, %a : (!p, !a) -> tensor<3xf64>
  %xy = arith.addf %x, %y : tensor<3xf64>
  %sum = arith.addf %z, %xy : tensor<3xf64>
  return %sum : tensor<3xf64>
}

// Scaled together where the maximum that both follow grows.
// CHECK-LABEL: func.func @maximum(
// CHECK-SAME: accumulators = [{{[{][^+}]*reduce_max[^+}]*[}], [{][^+}]*[+][^+}]*[}]}}], blocks
// CHECK-SAME: levels = 1
func.func @maximum(%a: !a, %b: !b) -> !a {
  %s = theria.einsum "hid,hjd->hij" %a, %b : (!a, !b) -> !p
  %max = theria.reduce_max %s dim = 2 : (!p) -> !r
  %shift = theria.einsum "hi->hij" %max : (!r) -> !p
  %d = arith.subf %s, %shift : !p
  %e = math.exp %d : !p
  %es = arith.mulf %e, %s : !p
  %x = theria.einsum "hij,hjd->hid" %e, %b : (!p, !b) -> !a
  %y = theria.einsum "hij,hjd->hid" %es, %b : (!p, !b) -> !a
  %sum = arith.addf %x, %y : !a
  return %sum : !a
}

func.func @all(%a: !a, %b: !b, %f: !r) -> (!a, !b, tensor<3xf64>, !a) {
  %rows = func.call @rows(%a, %b, %f) : (!a, !b, !r) -> !a
  %columns = func.call @columns(%a, %b) : (!a, !b) -> !b
  %apart = func.call @apart(%a, %b) : (!a, !b) -> tensor<3xf64>
  %maximum = func.call @maximum(%a, %b) : (!a, !b) -> !a
  return %rows, %columns, %apart, %maximum : !a, !b, tensor<3xf64>, !a
}
