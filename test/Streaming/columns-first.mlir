// Dense results of pairs in the order of their own dimensions, whichever way tiles are walked.
// RUN: theria-run %s --function=turned --fill=normal:7 --check --check-lines=accuracy,stages | FileCheck %s
// RUN: theria-run %s --function=turned --fill=normal:7 --tile=2x3 --schedule=one-sided --check --check-lines=accuracy,stages | FileCheck %s
// RUN: theria-run %s --function=turned --derive=vjp --fill=normal:7 --tile=2x3 --check --check-lines=accuracy,stages | FileCheck %s
// Here the pairs wait for a statistic of columns, so that a sweep with columns outside computes them.
// RUN: theria-run %s --function=normalised --fill=normal:7 --tile=2x3 --schedule=one-sided --check --check-lines=accuracy,stages | FileCheck %s
// RUN: theria-run %s --function=normalised --derive=vjp,jvp --fill=normal:7 --tile=2x3 --schedule=one-sided --check --check-lines=accuracy,stages | FileCheck %s
// CHECK: none fail

!turned = tensor<7x5xf64, #theria.pair<rows = 1, cols = 0>>
!p = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>

func.func @turned(%q: tensor<5x4xf64>, %k: tensor<7x4xf64>) -> tensor<7x5xf64> {
  %s = theria.einsum "id,jd->ji" %q, %k : (tensor<5x4xf64>, tensor<7x4xf64>) -> !turned
  %e = math.exp %s : !turned
  %r = theria.pair_cast %e : !turned to tensor<7x5xf64>
  return %r : tensor<7x5xf64>
}

func.func @normalised(%q: tensor<5x4xf64>, %k: tensor<7x4xf64>, %bias: tensor<5x7xf64>) -> tensor<5x7xf64> {
  %s = theria.einsum "id,jd->ij" %q, %k : (tensor<5x4xf64>, tensor<7x4xf64>) -> !p
  %b = theria.pair_cast %bias : tensor<5x7xf64> to !p
  %t = arith.addf %s, %b : !p
  %lse = theria.logsumexp %t dim = 0 : (!p) -> tensor<7xf64>
  %spread = theria.einsum "j->ij" %lse : (tensor<7xf64>) -> !p
  %d = arith.subf %t, %spread : !p
  %e = math.exp %d : !p
  %r = theria.pair_cast %e : !p to tensor<5x7xf64>
  return %r : tensor<5x7xf64>
}
