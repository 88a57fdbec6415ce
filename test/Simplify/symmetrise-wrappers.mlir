// RUN: theria-opt %s --theria-symmetrise --split-input-file | FileCheck %s
// Functions between two derivatives that are not one derivative of their arguments stay as they are.

func.func private @f(%x: f64) -> f64 {
  return %x : f64
}

// An argument that the derivative does not take.
func.func private @unused(%x: f64, %g: f64, %other: f64) -> f64 {
  %r:2 = theria.vjp @f(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %r#1 : f64
}
// CHECK-LABEL: func.func @of_unused
func.func @of_unused(%x: f64, %g: f64, %w: f64) -> f64 {
  // CHECK: theria.vjp @unused(
  %r:4 = theria.vjp @unused(%x, %g, %g) cotangents(%w) : (f64, f64, f64) -> (f64, f64, f64, f64)
  return %r#1 : f64
}

// Results that are an argument, a constant, or one of the derivative's twice.
func.func private @argument(%x: f64, %g: f64) -> (f64, f64) {
  %r:2 = theria.vjp @f(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %r#1, %x : f64, f64
}
func.func private @constant(%x: f64, %g: f64) -> (f64, f64) {
  %one = arith.constant 1.0 : f64
  %r:2 = theria.vjp @f(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %r#1, %one : f64, f64
}
func.func private @twice(%x: f64, %g: f64) -> (f64, f64) {
  %r:2 = theria.vjp @f(%x) cotangents(%g) : (f64) -> (f64, f64)
  return %r#1, %r#1 : f64, f64
}
// CHECK-LABEL: func.func @of_results
func.func @of_results(%x: f64, %g: f64, %w: f64) -> (f64, f64, f64) {
  // CHECK: theria.vjp @argument(
  // CHECK: theria.vjp @constant(
  // CHECK: theria.vjp @twice(
  %r:4 = theria.vjp @argument(%x, %g) cotangents(%w, %w) : (f64, f64) -> (f64, f64, f64, f64)
  %s:4 = theria.vjp @constant(%x, %g) cotangents(%w, %w) : (f64, f64) -> (f64, f64, f64, f64)
  %t:4 = theria.vjp @twice(%x, %g) cotangents(%w, %w) : (f64, f64) -> (f64, f64, f64, f64)
  return %r#2, %s#2, %t#2 : f64, f64, f64
}

// More blocks than one.
func.func private @blocks(%x: f64, %g: f64) -> f64 {
  %r:2 = theria.vjp @f(%x) cotangents(%g) : (f64) -> (f64, f64)
  cf.br ^end(%r#1 : f64)
^end(%y: f64):
  return %y : f64
}
// CHECK-LABEL: func.func @of_blocks
func.func @of_blocks(%x: f64, %g: f64, %w: f64) -> f64 {
  // CHECK: theria.vjp @blocks(
  %r:3 = theria.vjp @blocks(%x, %g) cotangents(%w) : (f64, f64) -> (f64, f64, f64)
  return %r#1 : f64
}

// Something beside the derivative.
func.func private @unread(%x: f64, %g: f64) -> f64 {
  %r:2 = theria.vjp @f(%x) cotangents(%g) : (f64) -> (f64, f64)
  %y = math.sin %x : f64
  return %r#1 : f64
}
// CHECK-LABEL: func.func @of_more
func.func @of_more(%x: f64, %g: f64, %w: f64) -> f64 {
  // CHECK: theria.vjp @unread(
  %r:3 = theria.vjp @unread(%x, %g) cotangents(%w) : (f64, f64) -> (f64, f64, f64)
  return %r#1 : f64
}
