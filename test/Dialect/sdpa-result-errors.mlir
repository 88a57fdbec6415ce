// RUN: theria-opt %s --split-input-file --verify-diagnostics

!k = tensor<1x2x4x8xf32>
func.func @heads(%q: tensor<1x3x4x8xf32>, %k: !k) {
  // expected-error@+1 {{expected the query's heads to be a multiple of the key's, but found 3 and 2; group the queries so that each key head serves the same number}}
  %o:2 = theria.sdpa %q, %k, %k : (tensor<1x3x4x8xf32>, !k, !k) -> (tensor<1x3x4x8xf32>, tensor<1x3x4xf32>)
  return
}

// -----

!k = tensor<1x0x4x8xf32>
func.func @no_heads(%q: tensor<1x3x4x8xf32>, %k: !k) {
  // expected-error@+1 {{expected the query's heads to be a multiple of the key's, but found 3 and 0}}
  %o:2 = theria.sdpa %q, %k, %k : (tensor<1x3x4x8xf32>, !k, !k) -> (tensor<1x3x4x8xf32>, tensor<1x3x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @out(%q: !x, %v: tensor<1x2x4x3xf32>) {
  // expected-error@+1 {{expected a result of type 'tensor<1x2x4x3xf32>', but found 'tensor<1x2x4x8xf32>'; 'out' is batch×heads×rows×value depth}}
  %o:2 = theria.sdpa %q, %q, %v : (!x, !x, tensor<1x2x4x3xf32>) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf16>
func.func @lse(%q: !x) {
  // expected-error@+1 {{expected a result of type 'tensor<1x2x4xf32>', but found 'tensor<1x2x4xf16>'; 'out' is batch×heads×rows×value depth, 'lse' batch×heads×rows in the accumulation type}}
  %o:2 = theria.sdpa %q, %q, %q : (!x, !x, !x) -> (!x, tensor<1x2x4xf16>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @one_result(%q: !x) {
  // expected-error@+1 {{expected 2 results}}
  %o = theria.sdpa %q, %q, %q : (!x, !x, !x) -> !x
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @regions(%q: !x) {
  // expected-error@+1 {{expected 2 regions}}
  %o:2 = "theria.sdpa"(%q, %q, %q) <{operandSegmentSizes = array<i32: 1, 1, 1, 0, 0, 0, 0, 0, 0, 0>}>
       : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @segments(%q: !x) {
  // expected-error@+1 {{size mismatch in attribute conversion: 3 vs 10}}
  %o:2 = "theria.sdpa"(%q, %q, %q) <{operandSegmentSizes = array<i32: 1, 1, 1>}> ({}, {})
       : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @negative_segments(%q: !x) {
  // expected-error@+1 {{'operandSegmentSizes' attribute cannot have negative elements}}
  %o:2 = "theria.sdpa"(%q, %q, %q) <{operandSegmentSizes = array<i32: 1, 1, 1, -1, 1, 0, 0, 0, 0, 0>}> ({}, {})
       : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}
