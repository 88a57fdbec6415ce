// RUN: theria-opt %s --theria-drop-rules | FileCheck %s --check-prefix=DROPPED --implicit-check-not="attributes {theria."
// RUN: theria-opt %s --theria-expand-calculus | FileCheck %s
// DROPPED: func.func private @kernel(tensor<4xf64>) -> tensor<4xf64>{{$}}

// A rule for the tangent, with a factor of 3 that the body does not have: what is used is the rule, by the VJP transposed.

!x = tensor<4xf64>

func.func private @f(%x: !x) -> !x attributes {theria.jvp = @f_jvp} {
  return %x : !x
}
func.func private @f_jvp(%x: !x, %t: !x) -> (!x, !x) {
  %three = arith.constant dense<3.0> : !x
  %ty = arith.mulf %three, %t : !x
  return %x, %ty : !x, !x
}
func.func private @calls_f(%x: !x) -> !x {
  %y = func.call @f(%x) : (!x) -> !x
  return %y : !x
}

// CHECK-LABEL: @jvp_by_rule(
// CHECK-SAME:    %[[X:.*]]: tensor<4xf64>, %[[T:.*]]: tensor<4xf64>
// CHECK:         %[[THREE:.*]] = arith.constant dense<3.0
// CHECK:         %[[TY:.*]] = arith.mulf %[[THREE]], %[[T]]
// CHECK:         return %[[TY]]
func.func @jvp_by_rule(%x: !x, %t: !x) -> !x {
  %y, %ty = theria.jvp @calls_f(%x) tangents(%t) : (!x) -> (!x, !x)
  return %ty : !x
}

// CHECK-LABEL: @vjp_by_transposed_rule(
// CHECK-SAME:    %[[X:.*]]: tensor<4xf64>, %[[G:.*]]: tensor<4xf64>
// CHECK:         %[[THREE:.*]] = arith.constant dense<3.0
// CHECK:         %[[GX:.*]] = arith.mulf %[[THREE]], %[[G]]
// CHECK:         return %[[GX]]
func.func @vjp_by_transposed_rule(%x: !x, %g: !x) -> !x {
  %y, %gx = theria.vjp @calls_f(%x) cotangents(%g) : (!x) -> (!x, !x)
  return %gx : !x
}

// Opaque, with both rules: each derivative calls its own.

func.func private @kernel(!x) -> !x attributes {theria.jvp = @kernel_jvp, theria.vjp = @kernel_vjp}
func.func private @kernel_jvp(!x, !x) -> (!x, !x)
func.func private @kernel_vjp(!x, !x) -> (!x, !x)

// CHECK-LABEL: @opaque_jvp(
// CHECK-SAME:    %[[X:.*]]: tensor<4xf64>, %[[T:.*]]: tensor<4xf64>
// CHECK:         %[[Y:.*]]:2 = {{(func\.)?}}call @kernel_jvp(%[[X]], %[[T]])
// CHECK:         return %[[Y]]#1
func.func @opaque_jvp(%x: !x, %t: !x) -> !x {
  %y, %ty = theria.jvp @kernel(%x) tangents(%t) : (!x) -> (!x, !x)
  return %ty : !x
}

// CHECK-LABEL: @opaque_vjp(
// CHECK-SAME:    %[[X:.*]]: tensor<4xf64>, %[[G:.*]]: tensor<4xf64>
// CHECK:         %[[Y:.*]]:2 = {{(func\.)?}}call @kernel_vjp(%[[X]], %[[G]])
// CHECK:         return %[[Y]]#1
func.func @opaque_vjp(%x: !x, %g: !x) -> !x {
  %y, %gx = theria.vjp @kernel(%x) cotangents(%g) : (!x) -> (!x, !x)
  return %gx : !x
}
