// RUN: theria-opt %s | theria-opt | FileCheck %s
// RUN: theria-opt %s --mlir-print-op-generic | theria-opt | FileCheck %s

// Each clause alone. Query heads are grouped, N ≠ M and Dv ≠ D.
!q = tensor<1x4x5x8xf32>
!k = tensor<1x2x7x8xf32>
!v = tensor<1x2x7x3xf32>
!o = tensor<1x4x5x3xf32>
!r = tensor<1x4x5xf32>

// CHECK-LABEL: func.func @attributes
// CHECK-SAME: %[[Q:[^:]*]]: tensor<1x4x5x8xf32>, %[[K:[^:]*]]: tensor<1x2x7x8xf32>, %[[V:[^:]*]]: tensor<1x2x7x3xf32>
func.func @attributes(%q: !q, %k: !k, %v: !v) {
  // CHECK: %out, %lse = theria.sdpa %[[Q]], %[[K]], %[[V]] :
  // CHECK-SAME: (tensor<1x4x5x8xf32>, tensor<1x2x7x8xf32>, tensor<1x2x7x3xf32>) -> (tensor<1x4x5x3xf32>, tensor<1x4x5xf32>)
  %0:2 = theria.sdpa %q, %k, %v : (!q, !k, !v) -> (!o, !r)
  // CHECK: theria.sdpa %[[Q]], %[[K]], %[[V]] scale = 2.500000e-01 :
  %1:2 = theria.sdpa %q, %k, %v scale = 0.25 : (!q, !k, !v) -> (!o, !r)
  // CHECK: theria.sdpa %[[Q]], %[[K]], %[[V]] causal :
  %2:2 = theria.sdpa %q, %k, %v causal : (!q, !k, !v) -> (!o, !r)
  // CHECK: theria.sdpa %[[Q]], %[[K]], %[[V]] causal :
  %3:2 = theria.sdpa %q, %k, %v causal(top_left) : (!q, !k, !v) -> (!o, !r)
  // CHECK: theria.sdpa %[[Q]], %[[K]], %[[V]] causal(bottom_right) :
  %4:2 = theria.sdpa %q, %k, %v causal(bottom_right) : (!q, !k, !v) -> (!o, !r)
  // CHECK: theria.sdpa %[[Q]], %[[K]], %[[V]] window(3, 0) :
  %5:2 = theria.sdpa %q, %k, %v window(3, 0) : (!q, !k, !v) -> (!o, !r)
  // CHECK: theria.sdpa %[[Q]], %[[K]], %[[V]] softcap(3.000000e+01) :
  %6:2 = theria.sdpa %q, %k, %v softcap(30.0) : (!q, !k, !v) -> (!o, !r)
  return
}

// CHECK-LABEL: func.func @operands
func.func @operands(%q: !q, %k: !k, %v: !v, %s: f32, %b: tensor<1x1x5x7xf32>, %m: tensor<1x4x1x7xi1>, %n: tensor<1xi32>) {
  // CHECK: theria.sdpa {{.*}} scale(%{{[^)]*}}) : ({{.*}}, f32) ->
  %0:2 = theria.sdpa %q, %k, %v scale(%s) : (!q, !k, !v, f32) -> (!o, !r)
  // CHECK: theria.sdpa {{.*}} bias(%{{[^)]*}}) : ({{.*}}, tensor<1x1x5x7xf32>) ->
  %1:2 = theria.sdpa %q, %k, %v bias(%b) : (!q, !k, !v, tensor<1x1x5x7xf32>) -> (!o, !r)
  // CHECK: theria.sdpa {{.*}} mask(%{{[^)]*}}) : ({{.*}}, tensor<1x4x1x7xi1>) ->
  %2:2 = theria.sdpa %q, %k, %v mask(%m) : (!q, !k, !v, tensor<1x4x1x7xi1>) -> (!o, !r)
  // CHECK: theria.sdpa {{.*}} lengths(%{{[^),]*}}, %{{[^)]*}}) : ({{.*}}, tensor<1xi32>, tensor<1xi32>) ->
  %3:2 = theria.sdpa %q, %k, %v lengths(%n, %n) : (!q, !k, !v, tensor<1xi32>, tensor<1xi32>) -> (!o, !r)
  return
}

// CHECK-LABEL: func.func @regions
func.func @regions(%q: !q, %k: !k, %v: !v) {
  // CHECK: theria.sdpa {{.*}} score {
  // CHECK-NEXT: ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
  // CHECK-NEXT: %[[T:.*]] = arith.addf %s, %s : f32
  // CHECK-NEXT: theria.yield %[[T]] : f32
  // CHECK-NEXT: } :
  %0:2 = theria.sdpa %q, %k, %v score {
  ^bb0(%x: f32, %b: index, %h: index, %i: index, %j: index):
    %t = arith.addf %x, %x : f32
    theria.yield %t : f32
  } : (!q, !k, !v) -> (!o, !r)
  // CHECK: theria.sdpa {{.*}} where {
  // CHECK-NEXT: ^bb0(%b: index, %h: index, %i: index, %j: index):
  // CHECK-NEXT: %[[L:.*]] = arith.cmpi ne, %i, %j : index
  // CHECK-NEXT: theria.yield %[[L]] : i1
  %1:2 = theria.sdpa %q, %k, %v where {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %live = arith.cmpi ne, %i, %j : index
    theria.yield %live : i1
  } : (!q, !k, !v) -> (!o, !r)
  return
}
