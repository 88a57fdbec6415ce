// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x2x3x5.npy --input=@inputs/k-2x2x9x5.npy --input=@inputs/v-2x2x9x1.npy --input=@bias-broadcast/bias-2x1x1x9.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@bias-broadcast/forward.0.npy \
// RUN:   --expect=@bias-broadcast/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x2x3x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x5.npy --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-2x1x1x9.npy \
// RUN:   --expect=@bias-broadcast/forward.0.npy --expect=@bias-broadcast/forward.1.npy \
// RUN:   --expect=@bias-broadcast/jvp.2.npy --expect=@bias-broadcast/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --expect=@bias-broadcast/forward.0.npy \
// RUN:   --expect=@bias-broadcast/forward.1.npy --expect=@bias-broadcast/vjp.2.npy \
// RUN:   --expect=@bias-broadcast/vjp.3.npy --expect=@bias-broadcast/vjp.4.npy --expect=@bias-broadcast/vjp.5.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --input=@inputs/d0-2x2x3x5.npy --input=@inputs/d0-2x2x9x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-2x1x1x9.npy --expect=@bias-broadcast/hvp.0.npy \
// RUN:   --expect=@bias-broadcast/hvp.1.npy --expect=@bias-broadcast/hvp.2.npy --expect=@bias-broadcast/hvp.3.npy
// RUN: %{run} --derive=jvp,jvp,vjp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-2x2x3x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x5.npy --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-2x1x1x9.npy \
// RUN:   --input=@inputs/d1-2x2x3x5.npy --input=@inputs/d1-2x2x9x5.npy --input=@inputs/d1-2x2x9x1.npy \
// RUN:   --input=@inputs/d1-2x1x1x9.npy --input=@inputs/d2-2x2x3x5.npy --input=@inputs/d2-2x2x9x5.npy \
// RUN:   --input=@inputs/d2-2x2x9x1.npy --input=@inputs/d2-2x1x1x9.npy --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --input=@inputs/d1-2x2x3x1.npy --input=@inputs/d1-2x2x3.npy \
// RUN:   --input=@inputs/d2-2x2x3x1.npy --input=@inputs/d2-2x2x3.npy --input=@inputs/d3-2x2x3x1.npy \
// RUN:   --input=@inputs/d3-2x2x3.npy --expect=@bias-broadcast/forward.0.npy \
// RUN:   --expect=@bias-broadcast/forward.1.npy --expect=@bias-broadcast/jvp.2.npy \
// RUN:   --expect=@bias-broadcast/jvp.3.npy --expect=@bias-broadcast/jvp-jvp-vjp.4.npy \
// RUN:   --expect=@bias-broadcast/jvp-jvp-vjp.5.npy --expect=@bias-broadcast/jvp-jvp-vjp.6.npy \
// RUN:   --expect=@bias-broadcast/jvp-jvp-vjp.7.npy --expect=@bias-broadcast/jvp-jvp-vjp.8.npy \
// RUN:   --expect=@bias-broadcast/jvp-jvp-vjp.9.npy --expect=@bias-broadcast/jvp-jvp-vjp.10.npy \
// RUN:   --expect=@bias-broadcast/jvp-jvp-vjp.11.npy --expect=@bias-broadcast/jvp-jvp-vjp.12.npy \
// RUN:   --expect=@bias-broadcast/jvp-jvp-vjp.13.npy --expect=@bias-broadcast/jvp-jvp-vjp.14.npy \
// RUN:   --expect=@bias-broadcast/jvp-jvp-vjp.15.npy --expect=@bias-broadcast/jvp-jvp-vjp.16.npy \
// RUN:   --expect=@bias-broadcast/jvp-jvp-vjp.17.npy --expect=@bias-broadcast/jvp-jvp-vjp.18.npy \
// RUN:   --expect=@bias-broadcast/jvp-jvp-vjp.19.npy --expect=@bias-broadcast/jvp-jvp-vjp.20.npy \
// RUN:   --expect=@bias-broadcast/jvp-jvp-vjp.21.npy --expect=@bias-broadcast/jvp-jvp-vjp.22.npy \
// RUN:   --expect=@bias-broadcast/jvp-jvp-vjp.23.npy

func.func @attention(
    %q: tensor<2x2x3x5xf64>,
    %k: tensor<2x2x9x5xf64>,
    %v: tensor<2x2x9x1xf64>,
    %bias: tensor<2x1x1x9xf64>)
    -> (tensor<2x2x3x1xf64>, tensor<2x2x3xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      bias(%bias)
      : (tensor<2x2x3x5xf64>, tensor<2x2x9x5xf64>, tensor<2x2x9x1xf64>, tensor<2x1x1x9xf64>)
      -> (tensor<2x2x3x1xf64>, tensor<2x2x3xf64>)
  return %out, %lse : tensor<2x2x3x1xf64>, tensor<2x2x3xf64>
}
