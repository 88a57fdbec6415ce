// RUN: theria-opt %s --theria-symmetrise --split-input-file | FileCheck %s
// The inner derivative is taken with respect to what is asked for, in the order of f's arguments.

func.func private @f(%x: f64, %y: f64, %z: f64) -> f64 {
  return %x : f64
}
func.func private @vjp(%x: f64, %y: f64, %z: f64, %g: f64) -> (f64, f64, f64, f64) {
  %r:4 = theria.vjp @f(%x, %y, %z) cotangents(%g) : (f64, f64, f64) -> (f64, f64, f64, f64)
  return %r#0, %r#1, %r#2, %r#3 : f64, f64, f64, f64
}
// Derivatives that nothing uses are not asked for.
// CHECK: func.func private @f.vjp(%arg0: f64, %arg1: f64, %arg2: f64, %arg3: f64) -> (f64, f64)
// CHECK-NEXT: theria.vjp @f(%arg0, %arg1, %arg2) cotangents(%arg3) wrt = [1] :
// CHECK-LABEL: func.func @one(
// CHECK-NEXT: %[[R:.*]]:4 = theria.jvp @f.vjp(%arg0, %arg1, %arg2, %arg3) tangents(%arg5, %arg6, %arg7, %arg4) wrt = [0, 1, 2, 3]
// CHECK-NEXT: return %[[R]]#0, %[[R]]#3 :
func.func @one(%x: f64, %y: f64, %z: f64, %g: f64, %u: f64, %a: f64, %b: f64, %c: f64) -> (f64, f64) {
  %r:5 = theria.vjp @vjp(%x, %y, %z, %g) cotangents(%u, %a, %b, %c) wrt = [1] : (f64, f64, f64, f64) -> (f64, f64, f64, f64, f64)
  return %r#0, %r#4 : f64, f64
}

// -----

func.func private @f(%x: f64, %y: f64, %z: f64) -> f64 {
  return %x : f64
}
func.func private @turned(%g: f64, %z: f64, %y: f64, %x: f64) -> (f64, f64) {
  %r:4 = theria.vjp @f(%x, %y, %z) cotangents(%g) : (f64, f64, f64) -> (f64, f64, f64, f64)
  return %r#3, %r#1 : f64, f64
}
// CHECK: theria.vjp @f(%arg0, %arg1, %arg2) cotangents(%arg3) wrt = [1, 2] :
// CHECK-LABEL: func.func @of_turned(
// CHECK-NEXT: %[[R:.*]]:6 = theria.jvp @f.vjp(%arg3, %arg2, %arg1, %arg0) tangents(%arg5, %arg4) wrt = [0, 2]
// CHECK-NEXT: return %[[R]]#5, %[[R]]#4 :
func.func @of_turned(%g: f64, %z: f64, %y: f64, %x: f64, %c: f64, %a: f64) -> (f64, f64) {
  %r:4 = theria.vjp @turned(%g, %z, %y, %x) cotangents(%c, %a) wrt = [1, 2] : (f64, f64, f64, f64) -> (f64, f64, f64, f64)
  return %r#2, %r#3 : f64, f64
}
