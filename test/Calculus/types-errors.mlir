// RUN: theria-opt %s --theria-expand-calculus --split-input-file --verify-diagnostics

// Floats in other types than scalars and ranked tensors have no tangents: they are refused where they are made.

func.func private @unranked(%x: tensor<3xf64>) -> tensor<3xf64> {
  // expected-error@+1 {{expected floats and ranked tensors of floats to differentiate, but 'tensor.cast' makes 'tensor<*xf64>' of a differentiated value; change the type, or cut the value off with theria.stop_gradient}}
  %u = tensor.cast %x : tensor<3xf64> to tensor<*xf64>
  %r = tensor.cast %u : tensor<*xf64> to tensor<3xf64>
  return %r : tensor<3xf64>
}
func.func @f(%x: tensor<3xf64>) -> tensor<3xf64> {
  // expected-note@+1 {{jvp of '@unranked' asked for here}}
  %y, %ty = theria.jvp @unranked(%x) tangents(%x) : (tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  return %ty : tensor<3xf64>
}

// -----

func.func private @vector(i64) -> vector<3xf64>
func.func private @call(%x: f64) -> vector<3xf64> {
  %i = arith.fptosi %x : f64 to i64
  // expected-error@+1 {{but 'func.call' makes 'vector<3xf64>' of a differentiated value}}
  %v = func.call @vector(%i) : (i64) -> vector<3xf64>
  return %v : vector<3xf64>
}
func.func @f(%x: f64) -> vector<3xf64> {
  // expected-note@+1 {{jvp of '@call' asked for here}}
  %v = theria.jvp @call(%x) tangents(%x) : (f64) -> vector<3xf64>
  return %v : vector<3xf64>
}
