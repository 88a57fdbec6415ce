// RUN: theria-opt %s --theria-symmetrise --split-input-file | FileCheck %s
// vjp (vjp f) and vjp (jvp f) become jvp (vjp f).

!x = tensor<4xf64>

func.func private @f(%x: !x, %n: i32, %y: f64) -> (f64, !x) {
  %z = math.sin %x : !x
  return %y, %z : f64, !x
}
func.func private @vjp(%x: !x, %n: i32, %y: f64, %gy: f64, %gz: !x) -> (f64, !x, !x, f64) {
  %r:4 = theria.vjp @f(%x, %n, %y) cotangents(%gy, %gz) : (!x, i32, f64) -> (f64, !x, !x, f64)
  return %r#0, %r#1, %r#2, %r#3 : f64, !x, !x, f64
}
// CHECK: func.func private @vjp.vjp(
// CHECK: theria.jvp @vjp(
func.func private @jvp(%x: !x, %n: i32, %y: f64, %tx: !x) -> (f64, !x, f64, !x) {
  %r:4 = theria.jvp @f(%x, %n, %y) tangents(%tx) wrt = [0] : (!x, i32, f64) -> (f64, !x, f64, !x)
  return %r#0, %r#1, %r#2, %r#3 : f64, !x, f64, !x
}

// The inner derivative is @vjp itself; u stands behind w, Ẏ behind X̄̇.
// CHECK-LABEL: func.func @vjp_vjp
func.func @vjp_vjp(%x: !x, %n: i32, %y: f64, %gy: f64, %gz: !x, %u0: f64, %u1: !x, %w0: !x, %w1: f64)
    -> (f64, !x, !x, f64, !x, f64, f64, !x) {
  // CHECK: %[[R:.*]]:8 = theria.jvp @vjp(%arg0, %arg1, %arg2, %arg3, %arg4) tangents(%arg7, %arg8, %arg5, %arg6) wrt = [0, 2, 3, 4]
  // CHECK: return %[[R]]#0, %[[R]]#1, %[[R]]#2, %[[R]]#3, %[[R]]#6, %[[R]]#7, %[[R]]#4, %[[R]]#5
  %r:8 = theria.vjp @vjp(%x, %n, %y, %gy, %gz) cotangents(%u0, %u1, %w0, %w1)
       : (!x, i32, f64, f64, !x) -> (f64, !x, !x, f64, !x, f64, f64, !x)
  return %r#0, %r#1, %r#2, %r#3, %r#4, %r#5, %r#6, %r#7 : f64, !x, !x, f64, !x, f64, f64, !x
}

// Along Ẋ, which is that of x alone; the outer derivative is with respect to y and Ẋ, so the inner one is taken anew.
// CHECK-LABEL: func.func @vjp_jvp
func.func @vjp_jvp(%x: !x, %n: i32, %y: f64, %tx: !x, %u0: f64, %u1: !x, %w0: f64, %w1: !x)
    -> (f64, !x, f64, !x, f64, !x) {
  // CHECK: %[[R:.*]]:8 = theria.jvp @vjp(%arg0, %arg1, %arg2, %arg6, %arg7) tangents(%arg3, %arg4, %arg5) wrt = [0, 3, 4]
  // CHECK: return %[[R]]#0, %[[R]]#1, %[[R]]#4, %[[R]]#5, %[[R]]#7, %[[R]]#2
  %r:6 = theria.vjp @jvp(%x, %n, %y, %tx) cotangents(%u0, %u1, %w0, %w1) wrt = [2, 3]
       : (!x, i32, f64, !x) -> (f64, !x, f64, !x, f64, !x)
  return %r#0, %r#1, %r#2, %r#3, %r#4, %r#5 : f64, !x, f64, !x, f64, !x
}

// Three reverse modes: the inner two first, then what they have become, step by step: @vjp.vjp is one jvp again.
// CHECK-LABEL: func.func @vjp_vjp_vjp
// CHECK-NOT: theria.vjp
// CHECK: theria.jvp @vjp.vjp(%arg0, %arg1, %arg2, %arg3, %arg4, %arg15, %arg16, %arg13, %arg14) tangents(%arg7, %arg8, %arg5, %arg6, %arg9,
func.func @vjp_vjp_vjp(%x: !x, %n: i32, %y: f64, %gy: f64, %gz: !x, %u0: f64, %u1: !x, %w0: !x, %w1: f64,
    %a: f64, %b: !x, %c: !x, %d: f64, %e: !x, %f: f64, %g: f64, %h: !x) -> !x {
  %r:16 = theria.vjp @vjp_vjp(%x, %n, %y, %gy, %gz, %u0, %u1, %w0, %w1) cotangents(%a, %b, %c, %d, %e, %f, %g, %h)
        : (!x, i32, f64, f64, !x, f64, !x, !x, f64)
        -> (f64, !x, !x, f64, !x, f64, f64, !x, !x, f64, f64, !x, f64, !x, !x, f64)
  return %r#8 : !x
}

// -----

// A custom rule need not be the derivative that the symmetry takes it for; neither is anything known without a body.
func.func private @rule(%x: f64, %g: f64) -> (f64, f64)
func.func private @f(%x: f64) -> f64 attributes {theria.vjp = @rule}
func.func private @calls(%x: f64) -> f64 {
  %y = func.call @f(%x) : (f64) -> f64
  return %y : f64
}
func.func private @vjp(%x: f64, %g: f64) -> (f64, f64) {
  %r:2 = theria.vjp @calls(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %r#0, %r#1 : f64, f64
}
// CHECK-LABEL: func.func @custom_rule
func.func @custom_rule(%x: f64, %g: f64, %u: f64, %w: f64) -> (f64, f64) {
  // CHECK: theria.vjp @vjp
  %r:4 = theria.vjp @vjp(%x, %g) cotangents(%u, %w) : (f64, f64) -> (f64, f64, f64, f64)
  return %r#2, %r#3 : f64, f64
}

// -----

// More than a derivative in between.
func.func private @f(%x: f64) -> f64 {
  return %x : f64
}
func.func private @norm(%x: f64, %g: f64) -> f64 {
  %r:2 = theria.vjp @f(%x) cotangents(%g) : (f64) -> (f64, f64)
  %s = arith.mulf %r#1, %r#1 : f64
  return %s : f64
}
// CHECK-LABEL: func.func @penalty
func.func @penalty(%x: f64, %g: f64, %u: f64) -> f64 {
  // CHECK: theria.vjp @norm
  %r:3 = theria.vjp @norm(%x, %g) cotangents(%u) : (f64, f64) -> (f64, f64, f64)
  return %r#1 : f64
}
