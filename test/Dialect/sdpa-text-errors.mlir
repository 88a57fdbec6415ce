// RUN: theria-opt %s --split-input-file --verify-diagnostics

!x = tensor<1x2x4x8xf32>
func.func @unclosed_cotangents(%x: !x) {
  // expected-error@+1 {{expected '(' in operand list}}
  %o:5 = theria.sdpa_vjp %x, %x, %x cotangents %x : (!x, !x, !x, !x) -> (!x, tensor<1x2x4xf32>, !x, !x, !x)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @no_tangents(%x: !x) {
  // expected-error@+1 {{expected 'tangents'}}
  %o:4 = theria.sdpa_jvp %x, %x, %x : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>, !x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @no_alignment(%x: !x) {
  // expected-error@+1 {{expected valid keyword}}
  %o:2 = theria.sdpa %x, %x, %x causal(1) : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @half_a_window(%x: !x) {
  // expected-error@+1 {{expected ','}}
  %o:2 = theria.sdpa %x, %x, %x window(1) : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @unclosed_captures(%x: !x, %t: f32) {
  // expected-error@+1 {{expected ')'}}
  %o:2 = theria.sdpa %x, %x, %x score(%t {
    ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index, %u: f32):
    theria.yield %s : f32
  } : (!x, !x, !x, f32) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @no_region(%x: !x) {
  // expected-error@+1 {{expected '{' to begin a region}}
  %o:2 = theria.sdpa %x, %x, %x score : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @two_operands(%x: !x) {
  // expected-error@+1 {{expected ','}}
  %o:2 = theria.sdpa %x, %x : (!x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @broken_attributes(%x: !x) {
  // expected-error@+1 {{expected attribute name}}
  %o:2 = theria.sdpa %x, %x, %x {=} : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @capture_of_another_type(%x: !x) {
  // expected-error@+2 {{use of value '%x' expects different type than prior uses}}
  // expected-note@-2 {{prior use here}}
  %o:2 = theria.sdpa %x, %x, %x : (!x, !x, f32) -> (!x, tensor<1x2x4xf32>)
  return
}
