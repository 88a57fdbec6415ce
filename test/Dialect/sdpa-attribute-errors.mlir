// RUN: theria-opt %s --split-input-file --verify-diagnostics

// Attributes of a wrong kind, as the generic form can hold them.
!x = tensor<1x2x4x8xf32>
func.func @window(%x: !x) {
  // expected-error@+1 {{Invalid attribute `window` in property conversion: array<i32: 3, 2>}}
  %o:2 = "theria.sdpa"(%x, %x, %x) <{window = array<i32: 3, 2>,
      operandSegmentSizes = array<i32: 1, 1, 1, 0, 0, 0, 0, 0, 0, 0>}> ({}, {}) : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @scale(%x: !x) {
  // expected-error@+1 {{Invalid attribute `scale_value` in property conversion: 3 : i32}}
  %o:2 = "theria.sdpa"(%x, %x, %x) <{scale_value = 3 : i32,
      operandSegmentSizes = array<i32: 1, 1, 1, 0, 0, 0, 0, 0, 0, 0>}> ({}, {}) : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @scale_of_f32(%x: !x) {
  // expected-error@+1 {{attribute 'scale_value' failed to satisfy constraint: 64-bit float attribute}}
  %o:2 = "theria.sdpa"(%x, %x, %x) <{scale_value = 3.0 : f32,
      operandSegmentSizes = array<i32: 1, 1, 1, 0, 0, 0, 0, 0, 0, 0>}> ({}, {}) : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @causal(%x: !x) {
  // expected-error@+1 {{Invalid attribute `causal` in property conversion: 7 : i32}}
  %o:2 = "theria.sdpa"(%x, %x, %x) <{causal = 7 : i32,
      operandSegmentSizes = array<i32: 1, 1, 1, 0, 0, 0, 0, 0, 0, 0>}> ({}, {}) : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}
