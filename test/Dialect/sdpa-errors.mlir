// RUN: theria-opt %s --split-input-file --verify-diagnostics

func.func @rank(%q: tensor<5x8xf32>) {
  // expected-error@+1 {{expected a query of rank 4, batch×heads×rows×depth, but found 'tensor<5x8xf32>'; add the missing dimensions with tensor.expand_shape}}
  %o:2 = theria.sdpa %q, %q, %q : (tensor<5x8xf32>, tensor<5x8xf32>, tensor<5x8xf32>) -> (tensor<5x8xf32>, tensor<5xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @rank_0(%q: !x, %k: tensor<f32>) {
  // expected-error@+1 {{expected a key of rank 4, batch×heads×rows×depth, but found 'tensor<f32>'}}
  %o:2 = theria.sdpa %q, %k, %q : (!x, tensor<f32>, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @unranked(%q: !x, %v: tensor<*xf32>) {
  // expected-error@+1 {{operand #2 must be ranked tensor of 64-bit float or 32-bit float or 16-bit float or bfloat16 type values, but got 'tensor<*xf32>'}}
  %o:2 = theria.sdpa %q, %q, %v : (!x, !x, tensor<*xf32>) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x4xf32>
!p = tensor<1x2x4x4xf32, #theria.pair<rows = 2, cols = 3>>
func.func @marked(%q: !x, %v: !p) {
  // expected-error@+1 {{expected a dense value, but found 'tensor<1x2x4x4xf32, #theria.pair<rows = 2, cols = 3>>'; cast it with theria.pair_cast}}
  %o:2 = theria.sdpa %q, %q, %v : (!x, !x, !p) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @elements(%q: !x, %k: tensor<1x2x4x8xf64>) {
  // expected-error@+1 {{expected query, key and value of one element type, but found 'tensor<1x2x4x8xf32>' and 'tensor<1x2x4x8xf64>'; extend or truncate one of them}}
  %o:2 = theria.sdpa %q, %k, %q : (!x, tensor<1x2x4x8xf64>, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @batch(%q: !x, %k: tensor<3x2x4x8xf32>) {
  // expected-error@+1 {{expected the batch of query and key to agree, but found 1 in 'tensor<1x2x4x8xf32>' and 3 in 'tensor<3x2x4x8xf32>'; make the dimensions equal}}
  %o:2 = theria.sdpa %q, %k, %k : (!x, tensor<3x2x4x8xf32>, tensor<3x2x4x8xf32>) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @batch_of_value(%q: !x, %v: tensor<3x2x4x8xf32>) {
  // expected-error@+1 {{expected the batch of key and value to agree, but found 1}}
  %o:2 = theria.sdpa %q, %q, %v : (!x, !x, tensor<3x2x4x8xf32>) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @heads_of_value(%q: !x, %v: tensor<1x1x4x8xf32>) {
  // expected-error@+1 {{expected the heads of key and value to agree, but found 2}}
  %o:2 = theria.sdpa %q, %q, %v : (!x, !x, tensor<1x1x4x8xf32>) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @rows_of_value(%q: !x, %v: tensor<1x2x5x8xf32>) {
  // expected-error@+1 {{expected the rows of key and value to agree, but found 4}}
  %o:2 = theria.sdpa %q, %q, %v : (!x, !x, tensor<1x2x5x8xf32>) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @depth(%q: !x, %k: tensor<1x2x4x6xf32>) {
  // expected-error@+1 {{expected the depth of query and key to agree, but found 8}}
  %o:2 = theria.sdpa %q, %k, %q : (!x, tensor<1x2x4x6xf32>, !x) -> (!x, tensor<1x2x4xf32>)
  return
}
