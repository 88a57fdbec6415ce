// RUN: theria-opt %s --split-input-file --verify-diagnostics

!x = tensor<1x2x4x8xf32>
!r = tensor<1x2x4xf32>

func.func @tangents(%x: !x) {
  // expected-error@+1 {{expected tangents of types ('tensor<1x2x4x8xf32>', 'tensor<1x2x4x8xf32>', 'tensor<1x2x4x8xf32>'), but found ('tensor<1x2x4x8xf32>'); give one for each, in the order query, key, value, scale, bias, captured floats}}
  %0:4 = theria.sdpa_jvp %x, %x, %x tangents(%x) : (!x, !x, !x, !x) -> (!x, !r, !x, !r)
  return
}

func.func @tangent_of_scale(%x: !x, %s: f32) {
  // expected-error@+1 {{expected tangents of types ('tensor<1x2x4x8xf32>', 'tensor<1x2x4x8xf32>', 'tensor<1x2x4x8xf32>', 'f32'), but found}}
  %0:4 = theria.sdpa_jvp %x, %x, %x tangents(%x, %x, %x) scale(%s) : (!x, !x, !x, !x, !x, !x, f32) -> (!x, !r, !x, !r)
  return
}

func.func @type_of_tangent(%x: !x) {
  // expected-error@+1 {{expected a result of type 'tensor<1x2x4xf32>', but found 'tensor<1x2x4x8xf32>'}}
  %0:4 = theria.sdpa_jvp %x, %x, %x tangents(%x, %x, %x) : (!x, !x, !x, !x, !x, !x) -> (!x, !r, !x, !x)
  return
}

func.func @primal_clauses(%x: !x) {
  // expected-error@+1 {{expected a window of two sizes that are not negative, but found [-2, 0]}}
  %0:4 = theria.sdpa_jvp %x, %x, %x tangents(%x, %x, %x) window(-2, 0) : (!x, !x, !x, !x, !x, !x) -> (!x, !r, !x, !r)
  return
}

func.func @no_cotangents(%x: !x) {
  // expected-error@+1 {{expected the cotangents of 'out' and, optionally, of 'lse', ('tensor<1x2x4x8xf32>', 'tensor<1x2x4xf32>'), but found (); each has the type of its result}}
  %0:5 = theria.sdpa_vjp %x, %x, %x cotangents() : (!x, !x, !x) -> (!x, !r, !x, !x, !x)
  return
}

func.func @cotangent_of_lse_alone(%x: !x, %dl: !r) {
  // expected-error@+1 {{expected the cotangents of 'out' and, optionally, of 'lse', ('tensor<1x2x4x8xf32>', 'tensor<1x2x4xf32>'), but found ('tensor<1x2x4xf32>')}}
  %0:5 = theria.sdpa_vjp %x, %x, %x cotangents(%dl) : (!x, !x, !x, !r) -> (!x, !r, !x, !x, !x)
  return
}

func.func @three_cotangents(%x: !x, %dl: !r) {
  // expected-error@+1 {{expected the cotangents of 'out' and, optionally, of 'lse'}}
  %0:5 = theria.sdpa_vjp %x, %x, %x cotangents(%x, %dl, %dl) : (!x, !x, !x, !x, !r, !r) -> (!x, !r, !x, !x, !x)
  return
}

func.func @operand_cotangents(%x: !x) {
  // expected-error@+1 {{expected cotangents of the operands of types ('tensor<1x2x4x8xf32>', 'tensor<1x2x4x8xf32>', 'tensor<1x2x4x8xf32>'), but found ('tensor<1x2x4x8xf32>', 'tensor<1x2x4x8xf32>')}}
  %0:4 = theria.sdpa_vjp %x, %x, %x cotangents(%x) : (!x, !x, !x, !x) -> (!x, !r, !x, !x)
  return
}

func.func @hvp_cotangents(%x: !x) {
  // expected-error@+1 {{expected the cotangents of 'out' and, optionally, of 'lse'}}
  %0:3 = theria.sdpa_hvp %x, %x, %x cotangents() tangents(%x, %x, %x) : (!x, !x, !x, !x, !x, !x) -> (!x, !x, !x)
  return
}

func.func @hvp_tangents(%x: !x) {
  // expected-error@+1 {{expected tangents of types}}
  %0:3 = theria.sdpa_hvp %x, %x, %x cotangents(%x) tangents(%x, %x) : (!x, !x, !x, !x, !x, !x) -> (!x, !x, !x)
  return
}

func.func @hvp_results(%x: !x) {
  // expected-error@+1 {{expected results of types}}
  %0:2 = theria.sdpa_hvp %x, %x, %x cotangents(%x) tangents(%x, %x, %x) : (!x, !x, !x, !x, !x, !x, !x) -> (!x, !x)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @no_keyword(%x: !x) {
  // expected-error@+1 {{expected 'tangents'}}
  %0:4 = theria.sdpa_jvp %x, %x, %x causal : (!x, !x, !x) -> (!x, !x, !x, !x)
  return
}

// -----

!x = tensor<1x2x4x8xf32>
func.func @rank_of_query(%x: !x, %q: tensor<f32>) {
  // expected-error@+1 {{expected a query of rank 4}}
  %0:3 = theria.sdpa_hvp %q, %x, %x cotangents(%x) tangents(%x, %x, %x) : (tensor<f32>, !x, !x, !x, !x, !x, !x) -> (!x, !x, !x)
  return
}
