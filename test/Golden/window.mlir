// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x3x7x3.npy --input=@inputs/k-2x1x5x3.npy --input=@inputs/v-2x1x5x2.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@window/forward.0.npy \
// RUN:   --expect=@window/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x3.npy --input=@inputs/d0-2x1x5x2.npy --expect=@window/forward.0.npy \
// RUN:   --expect=@window/forward.1.npy --expect=@window/jvp.2.npy --expect=@window/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --expect=@window/forward.0.npy --expect=@window/forward.1.npy \
// RUN:   --expect=@window/vjp.2.npy --expect=@window/vjp.3.npy --expect=@window/vjp.4.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --input=@inputs/d0-2x3x7x3.npy --input=@inputs/d0-2x1x5x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x2.npy --expect=@window/hvp.0.npy --expect=@window/hvp.1.npy \
// RUN:   --expect=@window/hvp.2.npy
// RUN: %{run} --derive=jvp,vjp,jvp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-2x3x7x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x3.npy --input=@inputs/d0-2x1x5x2.npy --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --input=@inputs/d1-2x3x7x2.npy --input=@inputs/d1-2x3x7.npy \
// RUN:   --input=@inputs/d1-2x3x7x3.npy --input=@inputs/d1-2x1x5x3.npy --input=@inputs/d1-2x1x5x2.npy \
// RUN:   --input=@inputs/d2-2x3x7x3.npy --input=@inputs/d2-2x1x5x3.npy --input=@inputs/d2-2x1x5x2.npy \
// RUN:   --input=@inputs/d2-2x3x7x2.npy --input=@inputs/d2-2x3x7.npy --input=@inputs/d3-2x3x7x2.npy \
// RUN:   --input=@inputs/d3-2x3x7.npy --expect=@window/forward.0.npy --expect=@window/forward.1.npy \
// RUN:   --expect=@window/jvp.2.npy --expect=@window/jvp.3.npy --expect=@window/jvp-vjp-jvp.4.npy \
// RUN:   --expect=@window/jvp-vjp-jvp.5.npy --expect=@window/jvp-vjp-jvp.6.npy --expect=@window/jvp-vjp-jvp.7.npy \
// RUN:   --expect=@window/jvp-vjp-jvp.8.npy --expect=@window/jvp-vjp-jvp.9.npy \
// RUN:   --expect=@window/jvp-vjp-jvp.10.npy --expect=@window/jvp-vjp-jvp.11.npy \
// RUN:   --expect=@window/jvp-vjp-jvp.12.npy --expect=@window/jvp-vjp-jvp.13.npy \
// RUN:   --expect=@window/jvp-vjp-jvp.14.npy --expect=@window/jvp-vjp-jvp.15.npy \
// RUN:   --expect=@window/jvp-vjp-jvp.16.npy --expect=@window/jvp-vjp-jvp.17.npy \
// RUN:   --expect=@window/jvp-vjp-jvp.18.npy --expect=@window/jvp-vjp-jvp.19.npy

func.func @attention(
    %q: tensor<2x3x7x3xf64>,
    %k: tensor<2x1x5x3xf64>,
    %v: tensor<2x1x5x2xf64>)
    -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      window(1, 2)
      : (tensor<2x3x7x3xf64>, tensor<2x1x5x3xf64>, tensor<2x1x5x2xf64>)
      -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>)
  return %out, %lse : tensor<2x3x7x2xf64>, tensor<2x3x7xf64>
}
