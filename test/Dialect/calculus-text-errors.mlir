// RUN: theria-opt %s --split-input-file --verify-diagnostics

func.func private @f(f32) -> f32
func.func @no_cotangents(%x: f32) {
  // expected-error@+1 {{expected 'cotangents'}}
  %0:2 = theria.vjp @f(%x) : (f32) -> (f32, f32)
  return
}

// -----

func.func private @f(f32) -> f32
func.func @no_cotangent_type(%x: f32) {
  // expected-error@+1 {{expected non-function type}}
  %0 = theria.hvp @f(%x) cotangents(%x :) tangents(%x) : (f32) -> f32
  return
}

// -----

func.func private @f(f32) -> f32
func.func @no_tangents(%x: f32) {
  // expected-error@+1 {{expected 'tangents'}}
  %0:2 = theria.jvp @f(%x) : (f32) -> (f32, f32)
  return
}

// -----

func.func private @f(f32) -> f32
func.func @no_list(%x: f32) {
  // expected-error@+1 {{expected '='}}
  %0:2 = theria.jvp @f(%x) tangents(%x) wrt [0] : (f32) -> (f32, f32)
  return
}

// -----

func.func private @f(f32) -> f32
func.func @no_numbers(%x: f32) {
  // expected-error@+1 {{expected '['}}
  %0:2 = theria.jvp @f(%x) tangents(%x) wrt = 0 : (f32) -> (f32, f32)
  return
}

// -----

func.func private @f(f32) -> f32
func.func @no_types(%x: f32) {
  // expected-error@+1 {{expected ':'}}
  %0:2 = theria.jvp @f(%x) tangents(%x) wrt = [0]
  return
}

// -----

// The generic form says no types that 'wrt' would be read by.
func.func private @f(f32) -> f32
func.func @wrt_out_of_range(%x: f32) {
  // expected-error@+1 {{expected 'wrt' among the 1 arguments, but found 1; count arguments from 0}}
  %0:2 = "theria.jvp"(%x, %x) <{callee = @f, operandSegmentSizes = array<i32: 1, 1>, wrt = array<i64: 1>}> : (f32, f32) -> (f32, f32)
  return
}
