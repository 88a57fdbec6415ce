// RUN: theria-opt %s --split-input-file --verify-diagnostics

!x = tensor<1x2x4x8xf32>
!r = tensor<1x2x4xf32>

func.func @two_scales(%x: !x, %s: f32) {
  // expected-error@+1 {{expected one scale, but found an operand and an attribute; remove one}}
  %o:2 = "theria.sdpa"(%x, %x, %x, %s) <{scale_value = 1.0 : f64,
      operandSegmentSizes = array<i32: 1, 1, 1, 1, 0, 0, 0, 0, 0, 0>}> ({}, {}) : (!x, !x, !x, f32) -> (!x, !r)
  return
}

func.func @scale_type(%x: !x, %s: f64) {
  // expected-error@+1 {{expected a scale of type 'f32', but found 'f64'; convert it to the accumulation type}}
  %o:2 = theria.sdpa %x, %x, %x scale(%s) : (!x, !x, !x, f64) -> (!x, !r)
  return
}

func.func @softcap_of_zero(%x: !x) {
  // expected-error@+1 {{expected a softcap that is positive and finite in 'f32', but found 0.000000e+00; leave the clause out to have no cap}}
  %o:2 = theria.sdpa %x, %x, %x softcap(0.0) : (!x, !x, !x) -> (!x, !r)
  return
}

func.func @softcap_of_nan(%x: !x) {
  // expected-error@+1 {{expected a softcap that is positive and finite in 'f32'}}
  %o:2 = theria.sdpa %x, %x, %x softcap(0x7FF8000000000000) : (!x, !x, !x) -> (!x, !r)
  return
}

// In the accumulation type this one is 0, and the next infinite.
func.func @softcap_too_small(%x: !x) {
  // expected-error@+1 {{expected a softcap that is positive and finite in 'f32', but found 1.000000e-60}}
  %o:2 = theria.sdpa %x, %x, %x softcap(1.0e-60) : (!x, !x, !x) -> (!x, !r)
  return
}

func.func @softcap_too_large(%x: !x) {
  // expected-error@+1 {{expected a softcap that is positive and finite in 'f32', but found 1.000000e+60}}
  %o:2 = theria.sdpa %x, %x, %x softcap(1.0e60) : (!x, !x, !x) -> (!x, !r)
  return
}

func.func @window_negative(%x: !x) {
  // expected-error@+1 {{expected a window of two sizes that are not negative, but found [-1, 2]; window(left, right) counts the keys on each side}}
  %o:2 = theria.sdpa %x, %x, %x window(-1, 2) : (!x, !x, !x) -> (!x, !r)
  return
}

func.func @window_of_three(%x: !x) {
  // expected-error@+1 {{expected a window of two sizes that are not negative, but found [3, 2, 1]}}
  %o:2 = "theria.sdpa"(%x, %x, %x) <{window = array<i64: 3, 2, 1>,
      operandSegmentSizes = array<i32: 1, 1, 1, 0, 0, 0, 0, 0, 0, 0>}> ({}, {}) : (!x, !x, !x) -> (!x, !r)
  return
}

func.func @bias_rank(%x: !x, %b: tensor<4x4xf32>) {
  // expected-error@+1 {{expected a bias of rank 4, batch×heads×rows×keys, but found 'tensor<4x4xf32>'; give broadcast dimensions the size 1}}
  %o:2 = theria.sdpa %x, %x, %x bias(%b) : (!x, !x, !x, tensor<4x4xf32>) -> (!x, !r)
  return
}

func.func @bias_size(%x: !x, %b: tensor<1x1x4x5xf32>) {
  // expected-error@+1 {{expected bias and the scores to agree, but found 5 in 'tensor<1x1x4x5xf32>' and 4 in 'tensor<1x2x4x8xf32>'; make the dimensions equal}}
  %o:2 = theria.sdpa %x, %x, %x bias(%b) : (!x, !x, !x, tensor<1x1x4x5xf32>) -> (!x, !r)
  return
}

func.func @bias_type(%x: !x, %b: tensor<1x1x4x4xf64>) {
  // expected-error@+1 {{expected a bias of the query's element type or of 'f32', but found 'tensor<1x1x4x4xf64>'; extend or truncate it}}
  %o:2 = theria.sdpa %x, %x, %x bias(%b) : (!x, !x, !x, tensor<1x1x4x4xf64>) -> (!x, !r)
  return
}

func.func @bias_mark(%x: !x, %b: tensor<1x1x4x4xf32, #theria.pair<rows = 3, cols = 2>>) {
  // expected-error@+1 {{expected a dense bias or one marked #theria.pair<rows = 2, cols = 3>, but found}}
  %o:2 = theria.sdpa %x, %x, %x bias(%b) : (!x, !x, !x, tensor<1x1x4x4xf32, #theria.pair<rows = 3, cols = 2>>) -> (!x, !r)
  return
}
