// RUN: theria-opt %s --split-input-file --verify-diagnostics

!x = tensor<1x2x4x8xf32>
func.func @unknown_clause(%x: !x) {
  // expected-error@+1 {{expected a clause (scale, softcap, score, bias, causal, window, mask, lengths or where), but found 'dropout'; remove it}}
  %o:2 = theria.sdpa %x, %x, %x dropout(0.1) : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @clause_twice(%x: !x) {
  // expected-error@+1 {{expected the clause 'causal' once, but found it twice; remove one}}
  %o:2 = theria.sdpa %x, %x, %x causal window(1, 1) causal : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @alignment(%x: !x) {
  // expected-error@+1 {{expected 'bottom_right' or 'top_left', but found 'centre'; write causal(bottom_right) or causal}}
  %o:2 = theria.sdpa %x, %x, %x causal(centre) : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @types(%x: !x, %s: f32) {
  // expected-error@+1 {{expected the types of 4 operands in the order in which they are written, but found 3; list one for each}}
  %o:2 = theria.sdpa %x, %x, %x scale(%s) : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @not_a_function_type(%x: !x) {
  // expected-error@+1 {{invalid kind of type specified: expected builtin.function, but found 'tensor<1x2x4x8xf32>'}}
  %o:2 = theria.sdpa %x, %x, %x : !x
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @empty_region(%x: !x) {
  // expected-error@+1 {{expected one block in the region, but found 0; write branches as arith.select or scf.if}}
  %o:2 = theria.sdpa %x, %x, %x score {} : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @two_blocks(%x: !x) {
  // expected-error@+1 {{expected one block in the region, but found 2; write branches as arith.select or scf.if}}
  %o:2 = theria.sdpa %x, %x, %x score {
  ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
    cf.br ^bb1
  ^bb1:
    theria.yield %s : f32
  } : (!x, !x, !x) -> (!x, tensor<1x2x4xf32>)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @one_length(%x: !x, %n: tensor<1xi32>) {
  // expected-error@+1 {{expected ','}}
  %o:2 = theria.sdpa %x, %x, %x lengths(%n) : (!x, !x, !x, tensor<1xi32>) -> (!x, tensor<1x2x4xf32>)
  return
}
