// RUN: theria-opt %s --split-input-file --verify-diagnostics

func.func @gather_elements(%t: tensor<8xf32>, %i: tensor<5xindex>) {
  // expected-error@+1 {{expected operand and result of one element type, but found 'f32' and 'f64'; extend or truncate one of them}}
  %g = theria.gather %t[%i] : (tensor<8xf32>, tensor<5xindex>) -> tensor<5xf64>
  return
}

// -----

func.func @gather_indices(%t: tensor<8x8xf32>, %i: tensor<5xindex>) {
  // expected-error@+1 {{expected one tensor of indices for each of the 2 dimensions of 'tensor<8x8xf32>', but found 1; list one coordinate for each}}
  %g = theria.gather %t[%i] : (tensor<8x8xf32>, tensor<5xindex>) -> tensor<5xf32>
  return
}

// -----

func.func @gather_shape(%t: tensor<8xf32>, %i: tensor<5xindex>, %m: tensor<6xi1>) {
  // expected-error@+1 {{expected indices and mask of the shape and mark of 'tensor<5xf32>', but found 'tensor<6xi1>'; broadcast them with theria.einsum}}
  %g = theria.gather %t[%i] where %m : (tensor<8xf32>, tensor<5xindex>, tensor<6xi1>) -> tensor<5xf32>
  return
}

// -----

func.func @gather_dynamic(%t: tensor<f32>) {
  // expected-error@+1 {{expected a static shape where no indices and no mask give the sizes, but found 'tensor<?xf32>'; broadcast with theria.einsum}}
  %g = theria.gather %t[] : (tensor<f32>) -> tensor<?xf32>
  return
}

// -----

func.func @gather_from_pairs(%t: tensor<8x9xf32, #theria.pair<rows = 0, cols = 1>>, %i: tensor<5xindex>) {
  // expected-error@+1 {{expected a dense table, but found 'tensor<8x9xf32, #theria.pair<rows = 0, cols = 1>>'; a pair tensor is never held in memory, cast it with theria.pair_cast}}
  %g = theria.gather %t[%i, %i] : (tensor<8x9xf32, #theria.pair<rows = 0, cols = 1>>, tensor<5xindex>, tensor<5xindex>) -> tensor<5xf32>
  return
}

// -----

func.func @gather_no_types(%t: tensor<f32>) {
  // expected-error@+1 {{expected the type of each operand, but found too few; list one for each}}
  %g = theria.gather %t[] : () -> tensor<5xf32>
  return
}

// -----

func.func @scatter_sizes(%u: tensor<5xf32>, %i: tensor<5xindex>, %n: index) {
  // expected-error@+1 {{expected 0 sizes for the dynamic dimensions of 'tensor<4xf32>', but found 1}}
  %t = theria.scatter_add %u[%i] sizes(%n) : (tensor<5xf32>, tensor<5xindex>) -> tensor<4xf32>
  return
}

// -----

func.func @scatter_shape(%u: tensor<5xf32>, %i: tensor<6xindex>) {
  // expected-error@+1 {{expected indices and mask of the shape and mark of 'tensor<5xf32>', but found 'tensor<6xindex>'}}
  %t = theria.scatter_add %u[%i] : (tensor<5xf32>, tensor<6xindex>) -> tensor<4xf32>
  return
}

// -----

func.func @gather_encoding(%t: tensor<8xf32>, %i: tensor<5xindex>) {
  // expected-error@+1 {{expected an encoding #theria.pair or none, but found 'tensor<5xf32, "other">'}}
  %g = theria.gather %t[%i] : (tensor<8xf32>, tensor<5xindex>) -> tensor<5xf32, "other">
  return
}
