// RUN: theria-opt %s --theria-symmetrise | FileCheck %s
// A function is taken for vjp f where it gives all that vjp f gives, in that order. None of these does: one is made.

func.func private @f(%x: f64, %y: f64) -> f64 {
  return %x : f64
}
// CHECK: func.func private @f.vjp(
// CHECK-NEXT: theria.vjp @f(%arg0, %arg1) cotangents(%arg2) :
func.func private @g(%x: f64, %y: f64) -> f64 {
  return %y : f64
}
func.func private @other_function(%x: f64, %y: f64, %g: f64) -> (f64, f64, f64) {
  %r:3 = theria.vjp @g(%x, %y) cotangents(%g) : (f64, f64) -> (f64, f64, f64)
  return %r#0, %r#1, %r#2 : f64, f64, f64
}
func.func private @other_order_of_arguments(%x: f64, %y: f64, %g: f64) -> (f64, f64, f64) {
  %r:3 = theria.vjp @f(%y, %x) cotangents(%g) : (f64, f64) -> (f64, f64, f64)
  return %r#0, %r#1, %r#2 : f64, f64, f64
}
func.func private @some_results(%x: f64, %y: f64, %g: f64) -> (f64, f64) {
  %r:3 = theria.vjp @f(%x, %y) cotangents(%g) : (f64, f64) -> (f64, f64, f64)
  return %r#0, %r#1 : f64, f64
}
func.func private @other_order_of_results(%x: f64, %y: f64, %g: f64) -> (f64, f64, f64) {
  %r:3 = theria.vjp @f(%x, %y) cotangents(%g) : (f64, f64) -> (f64, f64, f64)
  return %r#0, %r#2, %r#1 : f64, f64, f64
}
func.func private @one_argument(%x: f64, %y: f64, %g: f64) -> (f64, f64) {
  %r:2 = theria.vjp @f(%x, %y) cotangents(%g) wrt = [0] : (f64, f64) -> (f64, f64)
  return %r#0, %r#1 : f64, f64
}
// With a rule of their own they need not be what they compute.
func.func private @rule(f64, f64, f64, f64, f64, f64) -> (f64, f64, f64, f64, f64, f64)
func.func private @with_jvp_rule(%x: f64, %y: f64, %g: f64) -> (f64, f64, f64) attributes {theria.jvp = @rule} {
  %r:3 = theria.vjp @f(%x, %y) cotangents(%g) : (f64, f64) -> (f64, f64, f64)
  return %r#0, %r#1, %r#2 : f64, f64, f64
}
func.func private @with_vjp_rule(%x: f64, %y: f64, %g: f64) -> (f64, f64, f64) attributes {theria.vjp = @rule} {
  %r:3 = theria.vjp @f(%x, %y) cotangents(%g) : (f64, f64) -> (f64, f64, f64)
  return %r#0, %r#1, %r#2 : f64, f64, f64
}

func.func private @jvp(%x: f64, %y: f64, %a: f64, %b: f64) -> (f64, f64) {
  %r:2 = theria.jvp @f(%x, %y) tangents(%a, %b) : (f64, f64) -> (f64, f64)
  return %r#0, %r#1 : f64, f64
}
// CHECK-LABEL: func.func @vjp_jvp(
// CHECK-NEXT: theria.jvp @f.vjp(%arg0, %arg1, %arg5) tangents(%arg2, %arg3, %arg4)
func.func @vjp_jvp(%x: f64, %y: f64, %a: f64, %b: f64, %u: f64, %w: f64) -> (f64, f64) {
  %r:6 = theria.vjp @jvp(%x, %y, %a, %b) cotangents(%u, %w) : (f64, f64, f64, f64) -> (f64, f64, f64, f64, f64, f64)
  return %r#2, %r#3 : f64, f64
}
