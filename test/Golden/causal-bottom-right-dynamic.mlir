// Values and derivatives against an independent implementation, dynamic shapes.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x3x7x3.npy --input=@inputs/k-2x1x5x3.npy --input=@inputs/v-2x1x5x2.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@causal-bottom-right/forward.0.npy \
// RUN:   --expect=@causal-bottom-right/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x3.npy --input=@inputs/d0-2x1x5x2.npy \
// RUN:   --expect=@causal-bottom-right/forward.0.npy --expect=@causal-bottom-right/forward.1.npy \
// RUN:   --expect=@causal-bottom-right/jvp.2.npy --expect=@causal-bottom-right/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --expect=@causal-bottom-right/forward.0.npy \
// RUN:   --expect=@causal-bottom-right/forward.1.npy --expect=@causal-bottom-right/vjp.2.npy \
// RUN:   --expect=@causal-bottom-right/vjp.3.npy --expect=@causal-bottom-right/vjp.4.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --input=@inputs/d0-2x3x7x3.npy --input=@inputs/d0-2x1x5x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x2.npy --expect=@causal-bottom-right/hvp.0.npy \
// RUN:   --expect=@causal-bottom-right/hvp.1.npy --expect=@causal-bottom-right/hvp.2.npy

func.func @attention(
    %q: tensor<2x3x?x3xf64>,
    %k: tensor<2x1x?x3xf64>,
    %v: tensor<2x1x?x2xf64>)
    -> (tensor<2x3x?x2xf64>, tensor<2x3x?xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      causal(bottom_right)
      : (tensor<2x3x?x3xf64>, tensor<2x1x?x3xf64>, tensor<2x1x?x2xf64>)
      -> (tensor<2x3x?x2xf64>, tensor<2x3x?xf64>)
  return %out, %lse : tensor<2x3x?x2xf64>, tensor<2x3x?xf64>
}
