// RUN: theria-opt %s --canonicalize=region-simplify=disabled --split-input-file | FileCheck %s
// A fold says that it changed something, so that what nothing needs any more goes as well.

!x = tensor<1x2x4x8xf32>
!r = tensor<1x2x4xf32>

// CHECK-LABEL: func.func @scale(
// CHECK-NEXT: theria.sdpa %{{.*}}, %{{.*}}, %{{.*}} scale = 2.500000e-01 :
func.func @scale(%x: !x) -> !x {
  %s = arith.constant 0.25 : f32
  %out, %lse = theria.sdpa %x, %x, %x scale(%s) : (!x, !x, !x, f32) -> (!x, !r)
  return %out : !x
}

// -----

!x = tensor<1x2x4x8xf32>
!r = tensor<1x2x4xf32>

// CHECK-LABEL: func.func @score(
// CHECK-NEXT: theria.sdpa %{{.*}}, %{{.*}}, %{{.*}} : (
func.func @score(%x: !x, %t: f32) -> !x {
  %e = math.exp %t : f32
  %out, %lse = theria.sdpa %x, %x, %x score(%e) {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index, %u: f32):
    %unused = arith.mulf %s, %u : f32
    theria.yield %s : f32
  } : (!x, !x, !x, f32) -> (!x, !r)
  return %out : !x
}
