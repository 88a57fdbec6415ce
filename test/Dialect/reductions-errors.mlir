// RUN: theria-opt %s --split-input-file --verify-diagnostics

func.func @dim_too_large(%s: tensor<5x7xf64>) {
  // expected-error@+1 {{expected 'dim' among the 2 dimensions of 'tensor<5x7xf64>', but found 2; count dimensions from 0}}
  %l = theria.logsumexp %s dim = 2 : (tensor<5x7xf64>) -> tensor<5xf64>
  return
}

// -----

func.func @dim_negative(%s: tensor<5x7xf64>) {
  // expected-error@+1 {{expected 'dim' among the 2 dimensions of 'tensor<5x7xf64>', but found -1}}
  %l = theria.reduce_max %s dim = -1 : (tensor<5x7xf64>) -> tensor<5xf64>
  return
}

// -----

func.func @rank_0(%s: tensor<f64>) {
  // expected-error@+1 {{expected 'dim' among the 0 dimensions of 'tensor<f64>', but found 0}}
  %l = theria.logsumexp %s dim = 0 : (tensor<f64>) -> tensor<f64>
  return
}

// -----

func.func @result(%s: tensor<5x7xf64>) {
  // expected-error@+1 {{expected a result of type 'tensor<5xf64>', the operand's without dimension 1, but found 'tensor<7xf64>'; give the result this type}}
  %l = theria.logsumexp %s dim = 1 : (tensor<5x7xf64>) -> tensor<7xf64>
  return
}

// -----

func.func @mask(%s: tensor<5x7xf64>, %m: tensor<5xi1>) {
  // expected-error@+1 {{expected a mask of type 'tensor<5x7xi1>', but found 'tensor<5xi1>'; broadcast it to the operand with theria.einsum}}
  %l = theria.reduce_max %s dim = 1 where %m : (tensor<5x7xf64>, tensor<5xi1>) -> tensor<5xf64>
  return
}

// -----

func.func @dense_result_of_pairs(%s: tensor<2x5x7xf64, #theria.pair<rows = 1, cols = 2>>) {
  // expected-error@+1 {{expected a result of type 'tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>', the operand's without dimension 0, but found 'tensor<5x7xf64>'}}
  %l = theria.logsumexp %s dim = 0 : (tensor<2x5x7xf64, #theria.pair<rows = 1, cols = 2>>) -> tensor<5x7xf64>
  return
}

// -----

func.func @encoding(%s: tensor<5x7xf64, 1 : i32>) {
  // expected-error@+1 {{expected an encoding #theria.pair or none, but found 'tensor<5x7xf64, 1 : i32>'}}
  %l = theria.logsumexp %s dim = 0 : (tensor<5x7xf64, 1 : i32>) -> tensor<7xf64>
  return
}

// -----

func.func @integers(%s: tensor<5x7xi32>) {
  // expected-error@+1 {{operand #0 must be ranked tensor of floating-point values, but got 'tensor<5x7xi32>'}}
  %l = theria.reduce_max %s dim = 0 : (tensor<5x7xi32>) -> tensor<7xi32>
  return
}

// -----

!deep = tensor<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>
func.func @rank_53(%s: !deep) {
  // expected-error@+1 {{expected at most 52 dimensions}}
  %l = theria.logsumexp %s dim = 0 : (!deep) -> tensor<f32>
  return
}

// -----

func.func @types_missing(%s: tensor<5xf32>, %m: tensor<5xi1>) {
  // expected-error@+1 {{expected the mask's type last among the operand types, but found none; add it}}
  %l = theria.logsumexp %s dim = 0 where %m : () -> tensor<f32>
  return
}

// -----

func.func @too_many_types(%s: tensor<5xf32>) {
  // expected-error@+1 {{expected one operand type, but found 2; list that of the operand and, where there is one, of the mask}}
  %l = theria.logsumexp %s dim = 0 : (tensor<5xf32>, tensor<5xf32>) -> tensor<f32>
  return
}
