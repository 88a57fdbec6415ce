// RUN: theria-opt %s --canonicalize | FileCheck %s

!x = tensor<1x2x4x8xf32>
!r = tensor<1x2x4xf32>

// CHECK-LABEL: func.func @constant_scale(
// CHECK: theria.sdpa %{{.*}}, %{{.*}}, %{{.*}} scale = 2.500000e-01 : (tensor<1x2x4x8xf32>, tensor<1x2x4x8xf32>, tensor<1x2x4x8xf32>)
func.func @constant_scale(%x: !x) -> !x {
  %s = arith.constant 0.25 : f32
  %out, %lse = theria.sdpa %x, %x, %x scale(%s) : (!x, !x, !x, f32) -> (!x, !r)
  return %out : !x
}

// CHECK-LABEL: func.func @mask_of_true_and_bias_of_zero(
// CHECK: theria.sdpa %{{.*}}, %{{.*}}, %{{.*}} : (tensor<1x2x4x8xf32>, tensor<1x2x4x8xf32>, tensor<1x2x4x8xf32>)
func.func @mask_of_true_and_bias_of_zero(%x: !x) -> !x {
  %m = arith.constant dense<true> : tensor<1x1x4x4xi1>
  %b = arith.constant dense<0.0> : tensor<1x1x1x1xf32>
  %out, %lse = theria.sdpa %x, %x, %x bias(%b) mask(%m) : (!x, !x, !x, tensor<1x1x1x1xf32>, tensor<1x1x4x4xi1>) -> (!x, !r)
  return %out : !x
}

// CHECK-LABEL: func.func @where_true(
// CHECK: theria.sdpa %{{.*}}, %{{.*}}, %{{.*}} causal : (tensor<1x2x4x8xf32>, tensor<1x2x4x8xf32>, tensor<1x2x4x8xf32>)
func.func @where_true(%x: !x, %n: index) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x causal where(%n) {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %true = arith.constant true
    theria.yield %true : i1
  } : (!x, !x, !x, index) -> (!x, !r)
  return %out : !x
}

// CHECK-LABEL: func.func @where_false(
// CHECK: theria.sdpa {{.*}} where {
func.func @where_false(%x: !x) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x where {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %false = arith.constant false
    theria.yield %false : i1
  } : (!x, !x, !x) -> (!x, !r)
  return %out : !x
}

// CHECK-LABEL: func.func @score_as_it_is(
// CHECK: theria.sdpa %{{.*}}, %{{.*}}, %{{.*}} : (tensor<1x2x4x8xf32>, tensor<1x2x4x8xf32>, tensor<1x2x4x8xf32>)
func.func @score_as_it_is(%x: !x, %t: f32) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x score(%t) {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    theria.yield %s : f32
  } : (!x, !x, !x, f32) -> (!x, !r)
  return %out : !x
}

// CHECK-LABEL: func.func @score_without_captures(
// CHECK: theria.sdpa %{{.*}}, %{{.*}}, %{{.*}} : (tensor<1x2x4x8xf32>, tensor<1x2x4x8xf32>, tensor<1x2x4x8xf32>)
func.func @score_without_captures(%x: !x) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x score {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    theria.yield %s : f32
  } : (!x, !x, !x) -> (!x, !r)
  return %out : !x
}

// A captured value that the region does not use is no operand.
// CHECK-LABEL: func.func @unused_captures(
// CHECK-SAME: %{{[^:]*}}: tensor<1x2x4x8xf32>, %{{[^:]*}}: f32, %[[T:[^:]*]]: f32
// CHECK: theria.sdpa {{.*}} score(%[[T]]) {
// CHECK-NEXT: ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index, %[[U:.*]]: f32):
// CHECK-NEXT: arith.mulf %s, %[[U]] : f32
func.func @unused_captures(%x: !x, %a: f32, %t: f32, %c: tensor<4xf32>) -> !x {
  %out, %lse = theria.sdpa %x, %x, %x score(%a, %t, %c) {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    %y = arith.mulf %s, %t : f32
    theria.yield %y : f32
  } : (!x, !x, !x, f32, f32, tensor<4xf32>) -> (!x, !r)
  return %out : !x
}

// The explicit derivatives list a tangent for each operand: they keep theirs.
// CHECK-LABEL: func.func @derivative(
// CHECK: theria.sdpa_jvp {{.*}} scale(
func.func @derivative(%x: !x, %ts: f32) -> !x {
  %s = arith.constant 0.25 : f32
  %r:4 = theria.sdpa_jvp %x, %x, %x tangents(%x, %x, %x, %ts) scale(%s) : (!x, !x, !x, !x, !x, !x, f32, f32) -> (!x, !r, !x, !r)
  return %r#2 : !x
}
