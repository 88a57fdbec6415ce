// Sums that don't share an accumulator, since their factors, signs, readers, axes, levels or growth differ.
// RUN: theria-opt %s --theria-stream="schedule=strips row-tile=4 column-tile=4 cpu=x86-64-v3" | FileCheck %s
// RUN: mkdir -p %t
// DEFINE: %{outputs} = @%t/0.npy --output=@%t/1.npy --output=@%t/2.npy --output=@%t/3.npy --output=@%t/4.npy --output=@%t/5.npy
// DEFINE: %{same} = --expect=@%t/0.npy --expect=@%t/1.npy --expect=@%t/2.npy --expect=@%t/3.npy --expect=@%t/4.npy --expect=@%t/5.npy --rtol=1e-11
// RUN: theria-run %s --function=all --fill=normal:3 --path=reference --output=%{outputs}
// RUN: theria-run %s --function=all --fill=normal:3 --tile=4x4 %{same}

!p = tensor<13x13xf64, #theria.pair<rows = 0, cols = 1>>
!a = tensor<13x3xf64>
!q = tensor<2x2x13x13xf64, #theria.pair<rows = 2, cols = 3>>
!b = tensor<2x13x3xf64>
!r = tensor<13xf64>

// CHECK-LABEL: func.func @other_factor(
// CHECK-SAME: accumulators = [{{[{][^+}]*[}], [{][^+}]*[}], [{][^+}]*[}]}}], blocks
func.func @other_factor(%a: !a, %b: !a, %f: !r, %g: !r) -> !a {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !a) -> !p
  %t = math.tanh %s : !p
  %u = math.sin %s : !p
  %x = theria.einsum "ij,jd->id" %s, %b : (!p, !a) -> !a
  %y = theria.einsum "ij,jd->id" %t, %b : (!p, !a) -> !a
  %z = theria.einsum "ij,jd->id" %u, %b : (!p, !a) -> !a
  %fx = theria.einsum "id,i->id" %x, %f : (!a, !r) -> !a
  %fy = theria.einsum "id,i->id" %y, %f : (!a, !r) -> !a
  %gz = theria.einsum "id,i->id" %z, %g : (!a, !r) -> !a
  %difference = arith.subf %fx, %fy : !a
  %sum = arith.addf %difference, %gz : !a
  return %sum : !a
}

// CHECK-LABEL: func.func @other_use(
// CHECK-SAME: accumulators = [{{[{][^+}]*[}], [{][^+}]*[}]}}], blocks
func.func @other_use(%a: !a, %b: !a) -> (!a, !a) {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !a) -> !p
  %t = math.tanh %s : !p
  %x = theria.einsum "ij,jd->id" %s, %b : (!p, !a) -> !a
  %y = theria.einsum "ij,jd->id" %t, %b : (!p, !a) -> !a
  %n = arith.negf %x : !a
  %sum = arith.addf %x, %y : !a
  return %sum, %n : !a, !a
}

// Along one batch axis, and along another that is as long.
// CHECK-LABEL: func.func @other_axis(
// CHECK-SAME: accumulators = [{{[{][^+}]*[}], [{][^+}]*[}]}}], blocks
func.func @other_axis(%a: !b, %b: !b) -> !b {
  %s = theria.einsum "gid,hjd->ghij" %a, %b : (!b, !b) -> !q
  %t = math.tanh %s : !q
  %x = theria.einsum "ghij,hjd->gid" %s, %b : (!q, !b) -> !b
  %y = theria.einsum "ghij,gjd->hid" %t, %a : (!q, !b) -> !b
  %sum = arith.addf %x, %y : !b
  return %sum : !b
}

// One of them waits for a statistic, which is a sum of two itself that pairs wait for.
// CHECK-LABEL: func.func @other_level(
// CHECK-SAME: accumulators = [{{[{][^+}]*[}], [{][^+}]*[}], [{][^+}]*[}], [{][^+}]*[}]}}], blocks
// CHECK-SAME: levels = 2
func.func @other_level(%a: !a, %b: !a) -> !a {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !a) -> !p
  %t = math.tanh %s : !p
  %u = theria.einsum "ij->i" %s : (!p) -> !r
  %v = theria.einsum "ij->i" %t : (!p) -> !r
  %uv = arith.addf %u, %v : !r
  %w = theria.einsum "i->ij" %uv : (!r) -> !p
  %d = arith.subf %s, %w : !p
  %c = math.cos %d : !p
  %x = theria.einsum "ij,jd->id" %s, %b : (!p, !a) -> !a
  %y = theria.einsum "ij,jd->id" %c, %b : (!p, !a) -> !a
  %sum = arith.addf %x, %y : !a
  return %sum : !a
}

// One grows with a maximum, the other doesn't.
// CHECK-LABEL: func.func @other_growth(
// CHECK-SAME: accumulators = [{{[{][^+}]*[}], [{][^+}]*[}], [{][^+}]*[}]}}], blocks
// CHECK-SAME: levels = 1
func.func @other_growth(%a: !a, %b: !a) -> !a {
  %s = theria.einsum "id,jd->ij" %a, %b : (!a, !a) -> !p
  %max = theria.reduce_max %s dim = 1 : (!p) -> !r
  %shift = theria.einsum "i->ij" %max : (!r) -> !p
  %d = arith.subf %s, %shift : !p
  %e = math.exp %d : !p
  %x = theria.einsum "ij,jd->id" %e, %b : (!p, !a) -> !a
  %y = theria.einsum "ij,jd->id" %s, %b : (!p, !a) -> !a
  %sum = arith.addf %x, %y : !a
  return %sum : !a
}

func.func @all(%a: !a, %b: !a, %f: !r, %g: !r, %c: !b, %d: !b) -> (!a, !a, !a, !a, !b, !a) {
  %0 = func.call @other_factor(%a, %b, %f, %g) : (!a, !a, !r, !r) -> !a
  %1 = func.call @other_growth(%a, %b) : (!a, !a) -> !a
  %2:2 = func.call @other_use(%a, %b) : (!a, !a) -> (!a, !a)
  %3 = func.call @other_axis(%c, %d) : (!b, !b) -> !b
  %4 = func.call @other_level(%a, %b) : (!a, !a) -> !a
  return %0, %1, %2#0, %2#1, %3, %4 : !a, !a, !a, !a, !b, !a
}
