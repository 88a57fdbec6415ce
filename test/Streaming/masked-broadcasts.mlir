// A sum of pairs that is repeated into pairs where a mask holds: simplification makes one einsum of the two.
// DEFINE: %{lines} = --check --check-lines=accuracy,differences,stages
// RUN: theria-opt %s --pass-pipeline="builtin.module(func.func(theria-split-broadcasts))" | FileCheck %s --check-prefix=IR
// RUN: theria-run %s --function=centred --derive=jvp,vjp %{lines} --fill=normal:3 --tile=8x16 | FileCheck %s
// RUN: theria-emulate %s --function=centred --derive=vjp --check --check-lines=accuracy --fill=normal:3 | FileCheck %s
// CHECK: none fail

!p = tensor<13x50xf64, #theria.pair<rows = 0, cols = 1>>
!m = tensor<13x50xi1, #theria.pair<rows = 0, cols = 1>>

func.func @centred(%a: tensor<13x3xf64>, %b: tensor<50x3xf64>) -> tensor<13xf64> {
  %s = theria.einsum "id,jd->ij" %a, %b : (tensor<13x3xf64>, tensor<50x3xf64>) -> !p
  %zero = arith.constant dense<0.0> : !p
  %m = arith.cmpf ogt, %s, %zero : !p
  %r = theria.einsum "ij->i" %s : (!p) -> tensor<13xf64>
  %rs = theria.einsum "i->ij" %r where "ij" %m : (tensor<13xf64>, !m) -> !p
  %t = math.tanh %rs : !p
  %o = theria.einsum "ij->i" %t : (!p) -> tensor<13xf64>
  return %o : tensor<13xf64>
}

// The mask goes with the dimension that is added.
// IR-LABEL: func.func @joined
// IR: %[[SUM:.*]] = theria.einsum "ia->i" %{{.*}} : (tensor<13x50xf64, {{.*}}>) -> tensor<13xf64>
// IR: theria.einsum "i->ij" %[[SUM]] where "ij" %{{.*}} : (tensor<13xf64>, tensor<13x50xi1
func.func @joined(%s: !p, %m: !m) -> !p {
  %0 = theria.einsum "ia->ij" %s where "ij" %m : (!p, !m) -> !p
  return %0 : !p
}
