// RUN: theria-opt %s --theria-expand-calculus | mlir-opt --canonicalize | FileCheck %s

// The conventions of docs/Derivatives.md at poles and where a formula reads 0·∞, on constants that fold.

// Not 0·∞ at base 0.
func.func private @pow(%a: f64, %b: f64) -> f64 {
  %y = math.powf %a, %b : f64
  return %y : f64
}
// CHECK-LABEL: @grad_pow
// CHECK-DAG: %[[G0:.*]] = arith.constant 0.000000e+00 : f64
// CHECK: return %[[G0]], %[[G0]] :
func.func @grad_pow() -> (f64, f64) {
  %a = arith.constant 0.0 : f64
  %b = arith.constant 2.0 : f64
  %one = arith.constant 1.0 : f64
  %y, %g0, %g1 = theria.vjp @pow(%a, %b) cotangents(%one) : (f64, f64) -> (f64, f64, f64)
  return %g0, %g1 : f64, f64
}

// x⁰ is 1 everywhere.
func.func private @pow0(%a: f64, %b: f64) -> f64 {
  %y = math.powf %a, %b : f64
  return %y : f64
}
// CHECK-LABEL: @grad_pow0
// CHECK-DAG: %[[G0:.*]] = arith.constant 0.000000e+00 : f64
// CHECK: return %[[G0]], %[[G0]] :
func.func @grad_pow0() -> (f64, f64) {
  %a = arith.constant 0.0 : f64
  %b = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %y, %g0, %g1 = theria.vjp @pow0(%a, %b) cotangents(%one) : (f64, f64) -> (f64, f64, f64)
  return %g0, %g1 : f64, f64
}

// Not 0·∞ at exponent 0 either, where x² overflows.
// CHECK-LABEL: @grad_pow_large
// CHECK-DAG: %[[G0:.*]] = arith.constant 0.000000e+00 : f64
// CHECK: return %[[G0]] :
func.func @grad_pow_large() -> f64 {
  %a = arith.constant 1.0e200 : f64
  %b = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %y, %g0, %g1 = theria.vjp @pow(%a, %b) cotangents(%one) : (f64, f64) -> (f64, f64, f64)
  return %g0 : f64
}

// The slope at a pole is infinite.
func.func private @sqrt(%a: f64) -> f64 {
  %y = math.sqrt %a : f64
  return %y : f64
}
// CHECK-LABEL: @grad_sqrt
// CHECK-DAG: %[[G0:.*]] = arith.constant 0x7FF0000000000000 : f64
// CHECK: return %[[G0]] :
func.func @grad_sqrt() -> (f64) {
  %a = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %y, %g0 = theria.vjp @sqrt(%a) cotangents(%one) : (f64) -> (f64, f64)
  return %g0 : f64
}

// The second derivative of x² at 0 is 2, of x¹ and x⁰ it is 0: no order divides by the base.
func.func private @powers(%x: f64) -> (f64, f64, f64) {
  %zero = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %two = arith.constant 2.0 : f64
  %a = math.powf %x, %two : f64
  %b = math.powf %x, %one : f64
  %c = math.powf %x, %zero : f64
  return %a, %b, %c : f64, f64, f64
}
func.func private @slopes(%x: f64) -> (f64, f64, f64) {
  %one = arith.constant 1.0 : f64
  %r:6 = theria.jvp @powers(%x) tangents(%one) : (f64) -> (f64, f64, f64, f64, f64, f64)
  return %r#3, %r#4, %r#5 : f64, f64, f64
}
// CHECK-LABEL: @curvatures
// CHECK-DAG: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f64
// CHECK-DAG: %[[TWO:.*]] = arith.constant 2.000000e+00 : f64
// CHECK: return %[[TWO]], %[[ZERO]], %[[ZERO]] :
func.func @curvatures() -> (f64, f64, f64) {
  %zero = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %r:6 = theria.jvp @slopes(%zero) tangents(%one) : (f64) -> (f64, f64, f64, f64, f64, f64)
  return %r#3, %r#4, %r#5 : f64, f64, f64
}
