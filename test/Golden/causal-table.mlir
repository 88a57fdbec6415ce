// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-1x4x5x3.npy --input=@inputs/k-1x2x7x3.npy --input=@inputs/v-1x2x7x4.npy --input=@causal-table/table-5.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@causal-table/forward.0.npy \
// RUN:   --expect=@causal-table/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-5.npy \
// RUN:   --expect=@causal-table/forward.0.npy --expect=@causal-table/forward.1.npy \
// RUN:   --expect=@causal-table/jvp.2.npy --expect=@causal-table/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --expect=@causal-table/forward.0.npy --expect=@causal-table/forward.1.npy \
// RUN:   --expect=@causal-table/vjp.2.npy --expect=@causal-table/vjp.3.npy --expect=@causal-table/vjp.4.npy \
// RUN:   --expect=@causal-table/vjp.5.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-5.npy --expect=@causal-table/hvp.0.npy \
// RUN:   --expect=@causal-table/hvp.1.npy --expect=@causal-table/hvp.2.npy --expect=@causal-table/hvp.3.npy
// RUN: %{run} --derive=vjp,vjp,jvp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d1-1x4x5x4.npy --input=@inputs/d1-1x4x5.npy \
// RUN:   --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy \
// RUN:   --input=@inputs/d0-5.npy --input=@inputs/d1-1x4x5x3.npy --input=@inputs/d1-1x2x7x3.npy \
// RUN:   --input=@inputs/d1-1x2x7x4.npy --input=@inputs/d1-5.npy --input=@inputs/d2-1x4x5x4.npy \
// RUN:   --input=@inputs/d2-1x4x5.npy --input=@inputs/d3-1x4x5x4.npy --input=@inputs/d3-1x4x5.npy \
// RUN:   --input=@inputs/d2-1x4x5x3.npy --input=@inputs/d2-1x2x7x3.npy --input=@inputs/d2-1x2x7x4.npy \
// RUN:   --input=@inputs/d2-5.npy --expect=@causal-table/forward.0.npy --expect=@causal-table/forward.1.npy \
// RUN:   --expect=@causal-table/vjp.2.npy --expect=@causal-table/vjp.3.npy --expect=@causal-table/vjp.4.npy \
// RUN:   --expect=@causal-table/vjp.5.npy --expect=@causal-table/vjp-vjp-jvp.6.npy \
// RUN:   --expect=@causal-table/vjp-vjp-jvp.7.npy --expect=@causal-table/vjp-vjp-jvp.8.npy \
// RUN:   --expect=@causal-table/vjp-vjp-jvp.9.npy --expect=@causal-table/jvp.2.npy \
// RUN:   --expect=@causal-table/jvp.3.npy --expect=@causal-table/vjp-vjp-jvp.12.npy \
// RUN:   --expect=@causal-table/vjp-vjp-jvp.13.npy --expect=@causal-table/vjp-vjp-jvp.14.npy \
// RUN:   --expect=@causal-table/vjp-vjp-jvp.15.npy --expect=@causal-table/vjp-vjp-jvp.16.npy \
// RUN:   --expect=@causal-table/vjp-vjp-jvp.17.npy --expect=@causal-table/vjp-vjp-jvp.18.npy \
// RUN:   --expect=@causal-table/vjp-vjp-jvp.19.npy --expect=@causal-table/vjp-vjp-jvp.20.npy \
// RUN:   --expect=@causal-table/vjp-vjp-jvp.21.npy --expect=@causal-table/vjp-vjp-jvp.22.npy \
// RUN:   --expect=@causal-table/vjp-vjp-jvp.23.npy

func.func @attention(
    %q: tensor<1x4x5x3xf64>,
    %k: tensor<1x2x7x3xf64>,
    %v: tensor<1x2x7x4xf64>,
    %table: tensor<5xf64>)
    -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      causal
      score(%table) {
      ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
        %gap = arith.subi %i, %j : index
        %entry = tensor.extract %table[%gap] : tensor<5xf64>
        %t = arith.mulf %s, %entry : f64
        theria.yield %t : f64
      }
      : (tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>, tensor<5xf64>)
      -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>)
  return %out, %lse : tensor<1x4x5x4xf64>, tensor<1x4x5xf64>
}
