// Tables of more than two dimensions are looked up and added to in kernels, at every order; an index that is outside of one
// dimension is an error even where all of them together say a place inside.
// DEFINE: %{certify} = --fill=normal:3 --check --check-lines=accuracy,stages
// RUN: theria-emulate %s --function=windows %{certify} | FileCheck %s
// RUN: theria-emulate %s --function=windows --derive=vjp %{certify} | FileCheck %s
// RUN: theria-emulate random %s --function=windows --derive=vjp,jvp %{certify} | FileCheck %s
// CHECK: none fail
// RUN: not theria-emulate %s --function=read --fill=normal:3 2>&1 | FileCheck %s --check-prefix=OUTSIDE
// RUN: not theria-emulate %s --function=added --fill=normal:3 2>&1 | FileCheck %s --check-prefix=OUTSIDE
// OUTSIDE: error: expected an index of at least 0 and below 2 into dim 1 of the table, but found 2; keep indices inside

!q = tensor<2x20x4xf64>
!t = tensor<3x2x1x5xf64>
!pair = tensor<2x20x20xf64, #theria.pair<rows = 1, cols = 2>>
!i = tensor<2x20x20xi32, #theria.pair<rows = 1, cols = 2>>

func.func @windows(%q: !q, %k: !q, %table: !t) -> !q {
  %s = theria.einsum "bid,bjd->bij" %q, %k : (!q, !q) -> !pair
  %b = theria.coord dim = 0 : !i
  %i = theria.coord dim = 1 : !i
  %j = theria.coord dim = 2 : !i
  %three = arith.constant dense<3> : !i
  %two = arith.constant dense<2> : !i
  %five = arith.constant dense<5> : !i
  %x = arith.remsi %i, %three : !i
  %n = arith.addi %i, %j : !i
  %y = arith.remsi %n, %two : !i
  %z = arith.remsi %j, %five : !i
  %none = arith.constant dense<0> : !i
  %bias = theria.gather %table[%x, %y, %none, %z] : (!t, !i, !i, !i, !i) -> !pair
  %sum = arith.addf %s, %bias : !pair
  %p = math.tanh %sum : !pair
  %o = theria.einsum "bij,bjd->bid" %p, %k : (!pair, !q) -> !q
  return %o : !q
}

func.func @read(%table: !t) -> tensor<2x20xf64> {
  %j = theria.coord dim = 2 : !i
  %none = arith.constant dense<0> : !i
  %three = arith.constant dense<3> : !i
  %y = arith.remsi %j, %three : !i
  %bias = theria.gather %table[%none, %y, %none, %none] : (!t, !i, !i, !i, !i) -> !pair
  %sum = theria.einsum "bij->bi" %bias : (!pair) -> tensor<2x20xf64>
  return %sum : tensor<2x20xf64>
}

func.func @added(%x: tensor<2x20xf64>) -> !t {
  %j = theria.coord dim = 2 : !i
  %none = arith.constant dense<0> : !i
  %three = arith.constant dense<3> : !i
  %y = arith.remsi %j, %three : !i
  %p = theria.einsum "bi->bij" %x : (tensor<2x20xf64>) -> !pair
  %table = theria.scatter_add %p[%none, %y, %none, %none] : (!pair, !i, !i, !i, !i) -> !t
  return %table : !t
}
