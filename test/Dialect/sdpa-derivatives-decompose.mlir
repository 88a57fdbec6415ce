// RUN: theria-opt %s --theria-expand-calculus --symbol-dce | FileCheck %s --check-prefix=EXPANDED
// RUN: theria-run %s --function=differences --path=reference --fill=normal:3 | FileCheck %s

// The explicit derivatives are those of a function around sdpa, in every result.
!q = tensor<1x4x5x8xf64>
!k = tensor<1x2x7x8xf64>
!v = tensor<1x2x7x3xf64>
!o = tensor<1x4x5x3xf64>
!r = tensor<1x4x5xf64>

// EXPANDED-NOT: theria.{{jvp|vjp|hvp|sdpa}}

func.func private @f(%q: !q, %k: !k, %v: !v, %s: f64) -> (!o, !r) {
  %out, %lse = theria.sdpa %q, %k, %v scale(%s) causal(bottom_right) : (!q, !k, !v, f64) -> (!o, !r)
  return %out, %lse : !o, !r
}

// CHECK: result 0: {{.*}} norm 0{{$}}
// CHECK: result 1: {{.*}} norm 0{{$}}
// CHECK: result 2: f64, value 0{{$}}
// CHECK: result 3: {{.*}} norm 0{{$}}
// CHECK: result 4: f64, value 0{{$}}
// CHECK: result 5: f64, value {{-?[0-9]*[.][0-9]+}}
func.func @differences(%q: !q, %k: !k, %v: !v, %s: f64, %tq: !q, %tk: !k, %tv: !v, %ts: f64, %do: !o)
    -> (!o, !r, f64, !k, f64, f64) {
  %zero = arith.constant dense<0.0> : !r
  %j:4 = theria.sdpa_jvp %q, %k, %v tangents(%tq, %tk, %tv, %ts) scale(%s) causal(bottom_right)
       : (!q, !k, !v, !q, !k, !v, f64, f64) -> (!o, !r, !o, !r)
  %J:4 = theria.jvp @f(%q, %k, %v, %s) tangents(%tq, %tk, %tv, %ts) : (!q, !k, !v, f64) -> (!o, !r, !o, !r)
  %dout = arith.subf %j#2, %J#2 : !o
  %dlse = arith.subf %j#3, %J#3 : !r
  // A cotangent that is not given is zero.
  %v1:6 = theria.sdpa_vjp %q, %k, %v cotangents(%do) scale(%s) causal(bottom_right)
        : (!q, !k, !v, !o, f64) -> (!o, !r, !q, !k, !v, f64)
  %v2:6 = theria.vjp @f(%q, %k, %v, %s) cotangents(%do, %zero) : (!q, !k, !v, f64) -> (!o, !r, !q, !k, !v, f64)
  %ds = arith.subf %v1#5, %v2#5 : f64
  %h1:4 = theria.sdpa_hvp %q, %k, %v cotangents(%do) tangents(%tq, %tk, %tv, %ts) scale(%s) causal(bottom_right)
        : (!q, !k, !v, !o, !q, !k, !v, f64, f64) -> (!q, !k, !v, f64)
  %h2:4 = theria.hvp @f(%q, %k, %v, %s) cotangents(%do, %zero : !o, !r) tangents(%tq, %tk, %tv, %ts)
        : (!q, !k, !v, f64) -> (!q, !k, !v, f64)
  %dk = arith.subf %h1#1, %h2#1 : !k
  %dhs = arith.subf %h1#3, %h2#3 : f64
  return %dout, %dlse, %ds, %dk, %dhs, %h1#3 : !o, !r, f64, !k, f64, f64
}
