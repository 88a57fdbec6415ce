// RUN: theria-opt %s --theria-symmetrise --split-input-file | FileCheck %s
// Derivatives with respect to some arguments, of which some results are used.

func.func private @f(%x: f64, %y: f64, %z: f64) -> f64 {
  return %x : f64
}
func.func private @vjp(%x: f64, %y: f64, %z: f64, %g: f64) -> (f64, f64, f64, f64) {
  %r:4 = theria.vjp @f(%x, %y, %z) cotangents(%g) : (f64, f64, f64) -> (f64, f64, f64, f64)
  return %r#0, %r#1, %r#2, %r#3 : f64, f64, f64, f64
}
func.func private @jvp(%x: f64, %y: f64, %z: f64, %a: f64, %b: f64, %c: f64) -> (f64, f64) {
  %r:2 = theria.jvp @f(%x, %y, %z) tangents(%a, %b, %c) : (f64, f64, f64) -> (f64, f64)
  return %r#0, %r#1 : f64, f64
}
// With respect to the cotangent alone: Ẏ.
// CHECK-LABEL: func.func @cotangent(
// CHECK-NEXT: %[[R:.*]]:2 = theria.jvp @f.vjp(%arg0, %arg1, %arg2, %arg3) tangents(%arg5, %arg6, %arg7, %arg4) wrt = [0, 1, 2, 3]
// CHECK-NEXT: return %[[R]]#1 :
func.func @cotangent(%x: f64, %y: f64, %z: f64, %g: f64, %u: f64, %a: f64, %b: f64, %c: f64) -> f64 {
  %r:5 = theria.vjp @vjp(%x, %y, %z, %g) cotangents(%u, %a, %b, %c) wrt = [3] : (f64, f64, f64, f64) -> (f64, f64, f64, f64, f64)
  return %r#4 : f64
}
// The inner derivative itself, where it is used.
// CHECK-LABEL: func.func @used(
// CHECK-NEXT: %[[R:.*]]:6 = theria.jvp @f.vjp_0(%arg0, %arg1, %arg2, %arg3) tangents(%arg5, %arg6, %arg7, %arg4) wrt = [0, 1, 2, 3]
// CHECK-NEXT: return %[[R]]#1, %[[R]]#5 :
func.func @used(%x: f64, %y: f64, %z: f64, %g: f64, %u: f64, %a: f64, %b: f64, %c: f64) -> (f64, f64) {
  %r:5 = theria.vjp @vjp(%x, %y, %z, %g) cotangents(%u, %a, %b, %c) wrt = [1] : (f64, f64, f64, f64) -> (f64, f64, f64, f64, f64)
  return %r#1, %r#4 : f64, f64
}
// The inner tangent is there in any case.
// CHECK-LABEL: func.func @tangent(
// CHECK-NEXT: %[[R:.*]]:4 = theria.jvp @f.vjp_1(%arg0, %arg1, %arg2, %arg7) tangents(%arg3, %arg4, %arg5, %arg6) wrt = [0, 1, 2, 3]
// CHECK-NEXT: return %[[R]]#2, %[[R]]#3 :
func.func @tangent(%x: f64, %y: f64, %z: f64, %a: f64, %b: f64, %c: f64, %u: f64, %w: f64) -> (f64, f64) {
  %r:3 = theria.vjp @jvp(%x, %y, %z, %a, %b, %c) cotangents(%u, %w) wrt = [1] : (f64, f64, f64, f64, f64, f64) -> (f64, f64, f64)
  return %r#1, %r#2 : f64, f64
}
// With respect to the tangents of y and z: X̄ of these.
// CHECK-LABEL: func.func @tangents(
// CHECK-NEXT: %[[R:.*]]:6 = theria.jvp @f.vjp_2(%arg0, %arg1, %arg2, %arg7) tangents(%arg3, %arg4, %arg5, %arg6) wrt = [0, 1, 2, 3]
// CHECK-NEXT: return %[[R]]#1, %[[R]]#2 :
func.func @tangents(%x: f64, %y: f64, %z: f64, %a: f64, %b: f64, %c: f64, %u: f64, %w: f64) -> (f64, f64) {
  %r:4 = theria.vjp @jvp(%x, %y, %z, %a, %b, %c) cotangents(%u, %w) wrt = [4, 5] : (f64, f64, f64, f64, f64, f64) -> (f64, f64, f64, f64)
  return %r#2, %r#3 : f64, f64
}
// With respect to nothing there is nothing to do.
// CHECK-LABEL: func.func @none(
// CHECK-NEXT: theria.vjp @jvp(
func.func @none(%x: f64, %y: f64, %z: f64, %a: f64, %b: f64, %c: f64, %u: f64, %w: f64) -> (f64, f64) {
  %r:2 = theria.vjp @jvp(%x, %y, %z, %a, %b, %c) cotangents(%u, %w) wrt = [] : (f64, f64, f64, f64, f64, f64) -> (f64, f64)
  return %r#0, %r#1 : f64, f64
}

// -----

func.func private @f(%x: f64, %n: i32) -> (i32, f64) {
  return %n, %x : i32, f64
}
func.func private @vjp(%x: f64, %n: i32, %g: f64) -> (i32, f64) {
  %r:3 = theria.vjp @f(%x, %n) cotangents(%g) : (f64, i32) -> (i32, f64, f64)
  return %r#0, %r#2 : i32, f64
}
func.func private @number(%x: f64, %n: i32, %g: f64) -> i32 {
  %r:3 = theria.vjp @f(%x, %n) cotangents(%g) : (f64, i32) -> (i32, f64, f64)
  return %r#0 : i32
}
// An integer has no cotangent.
// CHECK-LABEL: func.func @after_an_integer(
// CHECK-NEXT: %[[R:.*]]:5 = theria.jvp @f.vjp(%arg0, %arg1, %arg2) tangents(%arg3) wrt = [0]
// CHECK-NEXT: return %[[R]]#4, %[[R]]#3 :
func.func @after_an_integer(%x: f64, %n: i32, %g: f64, %w: f64) -> (f64, f64) {
  %r:4 = theria.vjp @vjp(%x, %n, %g) cotangents(%w) : (f64, i32, f64) -> (i32, f64, f64, f64)
  return %r#2, %r#3 : f64, f64
}
// Without any, there is nothing along which to differentiate.
// CHECK-LABEL: func.func @of_number(
// CHECK-NEXT: theria.vjp @number(
func.func @of_number(%x: f64, %n: i32, %g: f64) -> (f64, f64) {
  %r:3 = theria.vjp @number(%x, %n, %g) cotangents() : (f64, i32, f64) -> (i32, f64, f64)
  return %r#1, %r#2 : f64, f64
}
