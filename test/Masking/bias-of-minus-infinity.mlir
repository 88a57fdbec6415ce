// Nothing read outside the live pairs: NaN and infinity everywhere else.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@bias-of-minus-infinity/q-1x4x5x3.npy --input=@bias-of-minus-infinity/k-1x2x7x3.npy --input=@bias-of-minus-infinity/v-1x2x7x4.npy --input=@bias-of-minus-infinity/bias-1x4x5x7.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@bias-of-minus-infinity/forward.0.npy \
// RUN:   --expect=@bias-of-minus-infinity/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} \
// RUN:   --input=@bias-of-minus-infinity/q-d0-1x4x5x3.npy --input=@bias-of-minus-infinity/k-d0-1x2x7x3.npy \
// RUN:   --input=@bias-of-minus-infinity/v-d0-1x2x7x4.npy --input=@bias-of-minus-infinity/bias-d0-1x4x5x7.npy \
// RUN:   --expect=@bias-of-minus-infinity/forward.0.npy --expect=@bias-of-minus-infinity/forward.1.npy \
// RUN:   --expect=@bias-of-minus-infinity/jvp.2.npy --expect=@bias-of-minus-infinity/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} \
// RUN:   --input=@bias-of-minus-infinity/out-d0-1x4x5x4.npy --input=@bias-of-minus-infinity/lse-d0-1x4x5.npy \
// RUN:   --expect=@bias-of-minus-infinity/forward.0.npy --expect=@bias-of-minus-infinity/forward.1.npy \
// RUN:   --expect=@bias-of-minus-infinity/vjp.2.npy --expect=@bias-of-minus-infinity/vjp.3.npy \
// RUN:   --expect=@bias-of-minus-infinity/vjp.4.npy --expect=@bias-of-minus-infinity/vjp.5.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} \
// RUN:   --input=@bias-of-minus-infinity/out-d0-1x4x5x4.npy --input=@bias-of-minus-infinity/lse-d0-1x4x5.npy \
// RUN:   --input=@bias-of-minus-infinity/q-d0-1x4x5x3.npy --input=@bias-of-minus-infinity/k-d0-1x2x7x3.npy \
// RUN:   --input=@bias-of-minus-infinity/v-d0-1x2x7x4.npy --input=@bias-of-minus-infinity/bias-d0-1x4x5x7.npy \
// RUN:   --expect=@bias-of-minus-infinity/hvp.0.npy --expect=@bias-of-minus-infinity/hvp.1.npy \
// RUN:   --expect=@bias-of-minus-infinity/hvp.2.npy --expect=@bias-of-minus-infinity/hvp.3.npy
// RUN: %{run} --derive=vjp,jvp,vjp --rtol=1.11e-14 --atol=1.11e-11 %{x} \
// RUN:   --input=@bias-of-minus-infinity/out-d0-1x4x5x4.npy --input=@bias-of-minus-infinity/lse-d0-1x4x5.npy \
// RUN:   --input=@bias-of-minus-infinity/q-d0-1x4x5x3.npy --input=@bias-of-minus-infinity/k-d0-1x2x7x3.npy \
// RUN:   --input=@bias-of-minus-infinity/v-d0-1x2x7x4.npy --input=@bias-of-minus-infinity/bias-d0-1x4x5x7.npy \
// RUN:   --input=@bias-of-minus-infinity/out-d1-1x4x5x4.npy --input=@bias-of-minus-infinity/lse-d1-1x4x5.npy \
// RUN:   --input=@bias-of-minus-infinity/out-d2-1x4x5x4.npy --input=@bias-of-minus-infinity/lse-d2-1x4x5.npy \
// RUN:   --input=@bias-of-minus-infinity/q-d1-1x4x5x3.npy --input=@bias-of-minus-infinity/k-d1-1x2x7x3.npy \
// RUN:   --input=@bias-of-minus-infinity/v-d1-1x2x7x4.npy --input=@bias-of-minus-infinity/bias-d1-1x4x5x7.npy \
// RUN:   --input=@bias-of-minus-infinity/out-d3-1x4x5x4.npy --input=@bias-of-minus-infinity/lse-d3-1x4x5.npy \
// RUN:   --input=@bias-of-minus-infinity/q-d2-1x4x5x3.npy --input=@bias-of-minus-infinity/k-d2-1x2x7x3.npy \
// RUN:   --input=@bias-of-minus-infinity/v-d2-1x2x7x4.npy --input=@bias-of-minus-infinity/bias-d2-1x4x5x7.npy \
// RUN:   --expect=@bias-of-minus-infinity/forward.0.npy --expect=@bias-of-minus-infinity/forward.1.npy \
// RUN:   --expect=@bias-of-minus-infinity/vjp.2.npy --expect=@bias-of-minus-infinity/vjp.3.npy \
// RUN:   --expect=@bias-of-minus-infinity/vjp.4.npy --expect=@bias-of-minus-infinity/vjp.5.npy \
// RUN:   --expect=@bias-of-minus-infinity/jvp.2.npy --expect=@bias-of-minus-infinity/jvp.3.npy \
// RUN:   --expect=@bias-of-minus-infinity/vjp-jvp-vjp.8.npy --expect=@bias-of-minus-infinity/vjp-jvp-vjp.9.npy \
// RUN:   --expect=@bias-of-minus-infinity/vjp-jvp-vjp.10.npy --expect=@bias-of-minus-infinity/vjp-jvp-vjp.11.npy \
// RUN:   --expect=@bias-of-minus-infinity/vjp-jvp-vjp.12.npy --expect=@bias-of-minus-infinity/vjp-jvp-vjp.13.npy \
// RUN:   --expect=@bias-of-minus-infinity/vjp-jvp-vjp.14.npy --expect=@bias-of-minus-infinity/vjp-jvp-vjp.15.npy \
// RUN:   --expect=@bias-of-minus-infinity/vjp-jvp-vjp.16.npy --expect=@bias-of-minus-infinity/vjp-jvp-vjp.17.npy \
// RUN:   --expect=@bias-of-minus-infinity/vjp-jvp-vjp.18.npy --expect=@bias-of-minus-infinity/vjp-jvp-vjp.19.npy \
// RUN:   --expect=@bias-of-minus-infinity/vjp-jvp-vjp.20.npy --expect=@bias-of-minus-infinity/vjp-jvp-vjp.21.npy \
// RUN:   --expect=@bias-of-minus-infinity/vjp-jvp-vjp.22.npy --expect=@bias-of-minus-infinity/vjp-jvp-vjp.23.npy

func.func @attention(
    %q: tensor<1x4x5x3xf64>,
    %k: tensor<1x2x7x3xf64>,
    %v: tensor<1x2x7x4xf64>,
    %bias: tensor<1x4x5x7xf64>)
    -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      bias(%bias)
      : (tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>, tensor<1x4x5x7xf64>)
      -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>)
  return %out, %lse : tensor<1x4x5x4xf64>, tensor<1x4x5xf64>
}
