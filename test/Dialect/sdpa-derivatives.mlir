// RUN: theria-opt %s | theria-opt | FileCheck %s
// RUN: theria-opt %s --mlir-print-op-generic | theria-opt | FileCheck %s

!q = tensor<1x4x5x8xf32>
!k = tensor<1x2x7x8xf32>
!v = tensor<1x2x7x3xf32>
!o = tensor<1x4x5x3xf32>
!r = tensor<1x4x5xf32>

// CHECK-LABEL: func.func @plain
func.func @plain(%q: !q, %k: !k, %v: !v, %do: !o, %dl: !r) {
  // CHECK: %out, %lse, %out_tangent, %lse_tangent = theria.sdpa_jvp %[[Q:.*]], %[[K:.*]], %[[V:.*]] tangents(%[[Q]], %[[K]], %[[V]]) causal :
  %0:4 = theria.sdpa_jvp %q, %k, %v tangents(%q, %k, %v) causal : (!q, !k, !v, !q, !k, !v) -> (!o, !r, !o, !r)
  // CHECK: %{{.*}}, %query_cotangent, %key_cotangent, %value_cotangent = theria.sdpa_vjp %[[Q]], %[[K]], %[[V]] cotangents(%[[DO:.*]]) :
  %1:5 = theria.sdpa_vjp %q, %k, %v cotangents(%do) : (!q, !k, !v, !o) -> (!o, !r, !q, !k, !v)
  // CHECK: theria.sdpa_vjp %[[Q]], %[[K]], %[[V]] cotangents(%[[DO]], %[[DL:.*]]) softcap(2.000000e+00) :
  %2:5 = theria.sdpa_vjp %q, %k, %v cotangents(%do, %dl) softcap(2.0) : (!q, !k, !v, !o, !r) -> (!o, !r, !q, !k, !v)
  // CHECK: %query_hvp, %key_hvp, %value_hvp = theria.sdpa_hvp %[[Q]], %[[K]], %[[V]] cotangents(%[[DO]]) tangents(%[[Q]], %[[K]], %[[V]]) window(1, 1) :
  %3:3 = theria.sdpa_hvp %q, %k, %v cotangents(%do) tangents(%q, %k, %v) window(1, 1)
       : (!q, !k, !v, !o, !q, !k, !v) -> (!q, !k, !v)
  return
}

// The differentiable operands: query, key, value, scale, bias, captured floats.
// CHECK-LABEL: func.func @all_operands
func.func @all_operands(%q: !q, %k: !k, %v: !v, %do: !o, %s: f32, %b: tensor<1x1x5x7xf32>, %t: tensor<4xf32>, %n: index) {
  // CHECK: theria.sdpa_vjp {{.*}} cotangents(%{{[^)]*}}) scale(%{{[^)]*}}) score(%{{[^)]*}}) {
  // CHECK-NEXT: ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index, %{{.*}}: tensor<4xf32>, %{{.*}}: index):
  // CHECK: } bias(%{{[^)]*}}) :
  // CHECK-SAME: -> (tensor<1x4x5x3xf32>, tensor<1x4x5xf32>, tensor<1x4x5x8xf32>, tensor<1x2x7x8xf32>, tensor<1x2x7x3xf32>, f32, tensor<1x1x5x7xf32>, tensor<4xf32>)
  %0:8 = theria.sdpa_vjp %q, %k, %v cotangents(%do) scale(%s) score(%t, %n) {
  ^bb0(%x: f32, %bb: index, %h: index, %i: index, %j: index):
    %a = tensor.extract %t[%h] : tensor<4xf32>
    %y = arith.addf %x, %a : f32
    theria.yield %y : f32
  } bias(%b) : (!q, !k, !v, !o, f32, tensor<4xf32>, index, tensor<1x1x5x7xf32>)
    -> (!o, !r, !q, !k, !v, f32, tensor<1x1x5x7xf32>, tensor<4xf32>)
  return
}
