// Explicit derivatives of attention whose regions capture numbers and tables are those of a function around it.
// RUN: theria-run %s --function=differences --fill=normal:3 --input=_ --input=_ --input=_ --input=_ --input=2 | FileCheck %s

!x = tensor<1x2x5x3xf64>
!r = tensor<1x2x5xf64>
!t = tensor<5xf64>

func.func private @f(%q: !x, %k: !x, %v: !x, %table: !t, %width: index) -> (!x, !r) {
  %o, %l = theria.sdpa %q, %k, %v score(%table) {
  ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
    %a = tensor.extract %table[%j] : !t
    %y = arith.mulf %s, %a : f64
    theria.yield %y : f64
  } where(%width) {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %far = arith.subi %j, %i : index
    %live = arith.cmpi slt, %far, %width : index
    theria.yield %live : i1
  } : (!x, !x, !x, !t, index) -> (!x, !r)
  return %o, %l : !x, !r
}

// CHECK: result 0: {{.*}} norm 0{{$}}
// CHECK: result 1: {{.*}} norm 0{{$}}
// CHECK: result 2: tensor<5xf64>, values {{-?[0-9]*[.][0-9]+}}
func.func @differences(%q: !x, %k: !x, %v: !x, %table: !t, %width: index, %do: !x) -> (!x, !t, !t) {
  %zero = arith.constant dense<0.0> : !r
  %own:6 = theria.sdpa_vjp %q, %k, %v cotangents(%do) score(%table) {
  ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
    %a = tensor.extract %table[%j] : !t
    %y = arith.mulf %s, %a : f64
    theria.yield %y : f64
  } where(%width) {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %far = arith.subi %j, %i : index
    %live = arith.cmpi slt, %far, %width : index
    theria.yield %live : i1
  } : (!x, !x, !x, !x, !t, index) -> (!x, !r, !x, !x, !x, !t)
  %all:6 = theria.vjp @f(%q, %k, %v, %table, %width) cotangents(%do, %zero)
         : (!x, !x, !x, !t, index) -> (!x, !r, !x, !x, !x, !t)
  %dq = arith.subf %own#2, %all#2 : !x
  %dt = arith.subf %own#5, %all#5 : !t
  return %dq, %dt, %all#5 : !x, !t, !t
}
