// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-1x4x5x3.npy --input=@inputs/k-1x2x7x3.npy --input=@inputs/v-1x2x7x4.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@scale/forward.0.npy --expect=@scale/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy --expect=@scale/forward.0.npy \
// RUN:   --expect=@scale/forward.1.npy --expect=@scale/jvp.2.npy --expect=@scale/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --expect=@scale/forward.0.npy --expect=@scale/forward.1.npy \
// RUN:   --expect=@scale/vjp.2.npy --expect=@scale/vjp.3.npy --expect=@scale/vjp.4.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --expect=@scale/hvp.0.npy --expect=@scale/hvp.1.npy \
// RUN:   --expect=@scale/hvp.2.npy
// RUN: %{run} --derive=jvp,jvp,jvp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-1x4x5x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d1-1x4x5x3.npy \
// RUN:   --input=@inputs/d1-1x2x7x3.npy --input=@inputs/d1-1x2x7x4.npy --input=@inputs/d2-1x4x5x3.npy \
// RUN:   --input=@inputs/d2-1x2x7x3.npy --input=@inputs/d2-1x2x7x4.npy --input=@inputs/d3-1x4x5x3.npy \
// RUN:   --input=@inputs/d3-1x2x7x3.npy --input=@inputs/d3-1x2x7x4.npy --input=@inputs/d4-1x4x5x3.npy \
// RUN:   --input=@inputs/d4-1x2x7x3.npy --input=@inputs/d4-1x2x7x4.npy --input=@inputs/d5-1x4x5x3.npy \
// RUN:   --input=@inputs/d5-1x2x7x3.npy --input=@inputs/d5-1x2x7x4.npy --input=@inputs/d6-1x4x5x3.npy \
// RUN:   --input=@inputs/d6-1x2x7x3.npy --input=@inputs/d6-1x2x7x4.npy --expect=@scale/forward.0.npy \
// RUN:   --expect=@scale/forward.1.npy --expect=@scale/jvp.2.npy --expect=@scale/jvp.3.npy \
// RUN:   --expect=@scale/jvp-jvp-jvp.4.npy --expect=@scale/jvp-jvp-jvp.5.npy --expect=@scale/jvp-jvp-jvp.6.npy \
// RUN:   --expect=@scale/jvp-jvp-jvp.7.npy --expect=@scale/jvp-jvp-jvp.8.npy --expect=@scale/jvp-jvp-jvp.9.npy \
// RUN:   --expect=@scale/jvp-jvp-jvp.10.npy --expect=@scale/jvp-jvp-jvp.11.npy --expect=@scale/jvp-jvp-jvp.12.npy \
// RUN:   --expect=@scale/jvp-jvp-jvp.13.npy --expect=@scale/jvp-jvp-jvp.14.npy --expect=@scale/jvp-jvp-jvp.15.npy

func.func @attention(
    %q: tensor<1x4x5x3xf64>,
    %k: tensor<1x2x7x3xf64>,
    %v: tensor<1x2x7x4xf64>)
    -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      scale = 0.25
      : (tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>)
      -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>)
  return %out, %lse : tensor<1x4x5x4xf64>, tensor<1x4x5xf64>
}
