// RUN: theria-opt %s --split-input-file --verify-diagnostics

func.func @cast_of_shape(%d: tensor<5x7xf32>) {
  // expected-error@+1 {{expected the shape and element type to stay, but found 'tensor<5x7xf32>' and 'tensor<5x8xf32, #theria.pair<rows = 0, cols = 1>>'; only the encoding may differ}}
  %p = theria.pair_cast %d : tensor<5x7xf32> to tensor<5x8xf32, #theria.pair<rows = 0, cols = 1>>
  return
}

// -----

func.func @cast_of_encoding(%d: tensor<5x7xf32>) {
  // expected-error@+1 {{expected an encoding #theria.pair or none, but found 'tensor<5x7xf32, "csr">'; other encodings have no meaning here}}
  %p = theria.pair_cast %d : tensor<5x7xf32> to tensor<5x7xf32, "csr">
  return
}

// -----

func.func @cast_between_marks(%d: tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>>) {
  // expected-error@+1 {{expected to add or to remove a mark, but found}}
  %p = theria.pair_cast %d : tensor<5x7xf32, #theria.pair<rows = 0, cols = 1>> to tensor<5x7xf32, #theria.pair<rows = 1, cols = 0>>
  return
}

// -----

// expected-error@+1 {{expected the rows and the columns of a pair tensor to be two dimensions, but both are 1; name the query dimension in 'rows' and the key dimension in 'cols'}}
func.func private @one_dimension(tensor<5x7xf32, #theria.pair<rows = 1, cols = 1>>)

// -----

// expected-error@+1 {{expected the rows and columns of a pair tensor among its 2 dimensions, but found rows = 1, cols = 2; count dimensions from 0}}
func.func private @dimension_out_of_range(tensor<5x7xf32, #theria.pair<rows = 1, cols = 2>>)

// -----

// expected-error@+1 {{expected the rows and columns of a pair tensor among its 0 dimensions}}
func.func private @pair_of_rank_0(tensor<f32, #theria.pair<rows = 1, cols = 2>>)

// -----

func.func @missing_value(%ok: i1, %a: index) {
  // expected-error@+1 {{expected a value for '{1}' of the message, but found 1 values; count them from 0}}
  theria.check %ok, "found {0} and {1}" (%a)
  return
}

// -----

func.func @huge_placeholder(%ok: i1) {
  // expected-error@+1 {{expected a value for '{99999999999999999999999}' of the message, but found 0 values}}
  theria.check %ok, "found {99999999999999999999999}"
  return
}

// -----

func.func @stop_gradient_types(%x: f32) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %y = "theria.stop_gradient"(%x) : (f32) -> f64
  return
}
