// RUN: theria-opt %s --theria-expand-calculus | mlir-opt --math-expand-ops --canonicalize | FileCheck %s

// The conventions of docs/Derivatives.md at kinks and ties, on constants that fold.

// The mean of −1 and 1.
func.func private @abs(%a: f64) -> f64 {
  %y = math.absf %a : f64
  return %y : f64
}
// CHECK-LABEL: @grad_abs
// CHECK-DAG: %[[G0:.*]] = arith.constant 0.000000e+00 : f64
// CHECK: return %[[G0]] :
func.func @grad_abs() -> (f64) {
  %a = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %y, %g0 = theria.vjp @abs(%a) cotangents(%one) : (f64) -> (f64, f64)
  return %g0 : f64
}

// Equal operands have half each.
func.func private @max(%a: f64, %b: f64) -> f64 {
  %y = arith.maximumf %a, %b : f64
  return %y : f64
}
// CHECK-LABEL: @grad_max
// CHECK-DAG: %[[G0:.*]] = arith.constant 5.000000e-01 : f64
// CHECK: return %[[G0]], %[[G0]] :
func.func @grad_max() -> (f64, f64) {
  %a = arith.constant 2.0 : f64
  %b = arith.constant 2.0 : f64
  %one = arith.constant 1.0 : f64
  %y, %g0, %g1 = theria.vjp @max(%a, %b) cotangents(%one) : (f64, f64) -> (f64, f64, f64)
  return %g0, %g1 : f64, f64
}

// The operand that is not NaN is the result.
func.func private @maxnum(%a: f64, %b: f64) -> f64 {
  %y = arith.maxnumf %a, %b : f64
  return %y : f64
}
// CHECK-LABEL: @grad_maxnum
// CHECK-DAG: %[[G0:.*]] = arith.constant 0.000000e+00 : f64
// CHECK-DAG: %[[G1:.*]] = arith.constant 1.000000e+00 : f64
// CHECK: return %[[G0]], %[[G1]] :
func.func @grad_maxnum() -> (f64, f64) {
  %a = arith.constant 0x7FF8000000000000 : f64
  %b = arith.constant 2.0 : f64
  %one = arith.constant 1.0 : f64
  %y, %g0, %g1 = theria.vjp @maxnum(%a, %b) cotangents(%one) : (f64, f64) -> (f64, f64, f64)
  return %g0, %g1 : f64, f64
}

// At a bound, half for the value and half for the bound.
func.func private @clamp(%a: f64, %b: f64, %c: f64) -> f64 {
  %y = math.clampf %a to [%b, %c] : f64
  return %y : f64
}
// CHECK-LABEL: @grad_clamp
// CHECK-DAG: %[[G0:.*]] = arith.constant 5.000000e-01 : f64
// CHECK-DAG: %[[G1:.*]] = arith.constant 0.000000e+00 : f64
// CHECK: return %[[G0]], %[[G1]], %[[G0]] :
func.func @grad_clamp() -> (f64, f64, f64) {
  %a = arith.constant 1.0 : f64
  %b = arith.constant 3.0 : f64
  %c = arith.constant 1.0 : f64
  %one = arith.constant 1.0 : f64
  %y, %g0, %g1, %g2 = theria.vjp @clamp(%a, %b, %c) cotangents(%one) : (f64, f64, f64) -> (f64, f64, f64, f64)
  return %g0, %g1, %g2 : f64, f64, f64
}
