// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-1x4x5x3.npy --input=@inputs/k-1x2x7x3.npy --input=@inputs/v-1x2x7x4.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@causal/forward.0.npy \
// RUN:   --expect=@causal/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy --expect=@causal/forward.0.npy \
// RUN:   --expect=@causal/forward.1.npy --expect=@causal/jvp.2.npy --expect=@causal/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --expect=@causal/forward.0.npy --expect=@causal/forward.1.npy \
// RUN:   --expect=@causal/vjp.2.npy --expect=@causal/vjp.3.npy --expect=@causal/vjp.4.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --expect=@causal/hvp.0.npy --expect=@causal/hvp.1.npy \
// RUN:   --expect=@causal/hvp.2.npy
// RUN: %{run} --derive=hvp,jvp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d1-1x4x5x3.npy --input=@inputs/d1-1x2x7x3.npy \
// RUN:   --input=@inputs/d1-1x2x7x4.npy --input=@inputs/d1-1x4x5x4.npy --input=@inputs/d1-1x4x5.npy \
// RUN:   --input=@inputs/d2-1x4x5x3.npy --input=@inputs/d2-1x2x7x3.npy --input=@inputs/d2-1x2x7x4.npy \
// RUN:   --expect=@causal/hvp.0.npy --expect=@causal/hvp.1.npy --expect=@causal/hvp.2.npy \
// RUN:   --expect=@causal/hvp-jvp.3.npy --expect=@causal/hvp-jvp.4.npy --expect=@causal/hvp-jvp.5.npy

func.func @attention(
    %q: tensor<1x4x5x3xf64>,
    %k: tensor<1x2x7x3xf64>,
    %v: tensor<1x2x7x4xf64>)
    -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      causal
      : (tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>)
      -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>)
  return %out, %lse : tensor<1x4x5x4xf64>, tensor<1x4x5xf64>
}
