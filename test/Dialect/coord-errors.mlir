// RUN: theria-opt %s --split-input-file --verify-diagnostics

func.func @coord_dim() {
  // expected-error@+1 {{expected 'dim' among the 2 dimensions of 'tensor<2x3xindex>', but found 2; count dimensions from 0}}
  %i = theria.coord dim = 2 : tensor<2x3xindex>
  return
}

// -----

func.func @coord_rank_0() {
  // expected-error@+1 {{expected 'dim' among the 0 dimensions of 'tensor<index>', but found 0}}
  %i = theria.coord dim = 0 : tensor<index>
  return
}

// -----

func.func @coord_sizes() {
  // expected-error@+1 {{expected 1 sizes for the dynamic dimensions of 'tensor<2x?xindex>', but found 0; list them in sizes(…)}}
  %i = theria.coord dim = 0 : tensor<2x?xindex>
  return
}

// -----

func.func @coord_encoding() {
  // expected-error@+1 {{expected an encoding #theria.pair or none, but found 'tensor<2xindex, "x">'}}
  %i = theria.coord dim = 0 : tensor<2xindex, "x">
  return
}

// -----

func.func @coord_floats() {
  // expected-error@+1 {{result #0 must be ranked tensor of signless integer or index values, but got 'tensor<2xf32>'}}
  %i = theria.coord dim = 0 : tensor<2xf32>
  return
}
