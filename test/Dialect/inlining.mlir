// A call in a region of the operator is inlined like any other.
// RUN: theria-opt %s --inline | FileCheck %s

!x = tensor<1x2x4x8xf32>

func.func private @twice(%s: f32) -> f32 {
  %t = arith.addf %s, %s : f32
  return %t : f32
}

// CHECK-LABEL: func.func @f
// CHECK: theria.sdpa {{.*}} score {
// CHECK: %[[T:.*]] = arith.addf
// CHECK: theria.yield %[[T]]
// CHECK-NOT: call
func.func @f(%q: !x) -> !x {
  %o, %l = theria.sdpa %q, %q, %q score {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    %t = func.call @twice(%s) : (f32) -> f32
    theria.yield %t : f32
  } : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return %o : !x
}
