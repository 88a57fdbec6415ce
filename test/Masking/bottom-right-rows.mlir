// Nothing read outside the live pairs: NaN and infinity everywhere else.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@bottom-right-rows/q-2x3x7x3.npy --input=@inputs/k-2x1x5x3.npy --input=@inputs/v-2x1x5x2.npy --input=@bottom-right-rows/bias-1x3x1x5.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@bottom-right-rows/forward.0.npy \
// RUN:   --expect=@bottom-right-rows/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@bottom-right-rows/q-d0-2x3x7x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x3.npy --input=@inputs/d0-2x1x5x2.npy --input=@inputs/d0-1x3x1x5.npy \
// RUN:   --expect=@bottom-right-rows/forward.0.npy --expect=@bottom-right-rows/forward.1.npy \
// RUN:   --expect=@bottom-right-rows/jvp.2.npy --expect=@bottom-right-rows/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@bottom-right-rows/out-d0-2x3x7x2.npy \
// RUN:   --input=@bottom-right-rows/lse-d0-2x3x7.npy --expect=@bottom-right-rows/forward.0.npy \
// RUN:   --expect=@bottom-right-rows/forward.1.npy --expect=@bottom-right-rows/vjp.2.npy \
// RUN:   --expect=@bottom-right-rows/vjp.3.npy --expect=@bottom-right-rows/vjp.4.npy \
// RUN:   --expect=@bottom-right-rows/vjp.5.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@bottom-right-rows/out-d0-2x3x7x2.npy \
// RUN:   --input=@bottom-right-rows/lse-d0-2x3x7.npy --input=@bottom-right-rows/q-d0-2x3x7x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x3.npy --input=@inputs/d0-2x1x5x2.npy --input=@inputs/d0-1x3x1x5.npy \
// RUN:   --expect=@bottom-right-rows/hvp.0.npy --expect=@bottom-right-rows/hvp.1.npy \
// RUN:   --expect=@bottom-right-rows/hvp.2.npy --expect=@bottom-right-rows/hvp.3.npy
// RUN: %{run} --derive=vjp,vjp,vjp --rtol=1.11e-14 --atol=1.11e-11 %{x} \
// RUN:   --input=@bottom-right-rows/out-d0-2x3x7x2.npy --input=@bottom-right-rows/lse-d0-2x3x7.npy \
// RUN:   --input=@bottom-right-rows/out-d1-2x3x7x2.npy --input=@bottom-right-rows/lse-d1-2x3x7.npy \
// RUN:   --input=@bottom-right-rows/q-d0-2x3x7x3.npy --input=@inputs/d0-2x1x5x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x2.npy --input=@inputs/d0-1x3x1x5.npy \
// RUN:   --input=@bottom-right-rows/out-d2-2x3x7x2.npy --input=@bottom-right-rows/lse-d2-2x3x7.npy \
// RUN:   --input=@bottom-right-rows/q-d1-2x3x7x3.npy --input=@inputs/d1-2x1x5x3.npy \
// RUN:   --input=@inputs/d1-2x1x5x2.npy --input=@inputs/d1-1x3x1x5.npy \
// RUN:   --input=@bottom-right-rows/q-d2-2x3x7x3.npy --input=@inputs/d2-2x1x5x3.npy \
// RUN:   --input=@inputs/d2-2x1x5x2.npy --input=@inputs/d2-1x3x1x5.npy \
// RUN:   --input=@bottom-right-rows/out-d3-2x3x7x2.npy --input=@bottom-right-rows/lse-d3-2x3x7.npy \
// RUN:   --expect=@bottom-right-rows/forward.0.npy --expect=@bottom-right-rows/forward.1.npy \
// RUN:   --expect=@bottom-right-rows/vjp.2.npy --expect=@bottom-right-rows/vjp.3.npy \
// RUN:   --expect=@bottom-right-rows/vjp.4.npy --expect=@bottom-right-rows/vjp.5.npy \
// RUN:   --expect=@bottom-right-rows/vjp-vjp-vjp.6.npy --expect=@bottom-right-rows/vjp-vjp-vjp.7.npy \
// RUN:   --expect=@bottom-right-rows/vjp-vjp-vjp.8.npy --expect=@bottom-right-rows/vjp-vjp-vjp.9.npy \
// RUN:   --expect=@bottom-right-rows/jvp.2.npy --expect=@bottom-right-rows/jvp.3.npy \
// RUN:   --expect=@bottom-right-rows/vjp-vjp-vjp.12.npy --expect=@bottom-right-rows/vjp-vjp-vjp.13.npy \
// RUN:   --expect=@bottom-right-rows/vjp-vjp-vjp.14.npy --expect=@bottom-right-rows/vjp-vjp-vjp.15.npy \
// RUN:   --expect=@bottom-right-rows/vjp-vjp-vjp.16.npy --expect=@bottom-right-rows/vjp-vjp-vjp.17.npy \
// RUN:   --expect=@bottom-right-rows/vjp-vjp-vjp.18.npy --expect=@bottom-right-rows/vjp-vjp-vjp.19.npy \
// RUN:   --expect=@bottom-right-rows/vjp-vjp-vjp.20.npy --expect=@bottom-right-rows/vjp-vjp-vjp.21.npy \
// RUN:   --expect=@bottom-right-rows/vjp-vjp-vjp.22.npy --expect=@bottom-right-rows/vjp-vjp-vjp.23.npy

func.func @attention(
    %q: tensor<2x3x7x3xf64>,
    %k: tensor<2x1x5x3xf64>,
    %v: tensor<2x1x5x2xf64>,
    %bias: tensor<1x3x1x5xf64>)
    -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      causal(bottom_right)
      window(1, 0)
      bias(%bias)
      : (tensor<2x3x7x3xf64>, tensor<2x1x5x3xf64>, tensor<2x1x5x2xf64>, tensor<1x3x1x5xf64>)
      -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>)
  return %out, %lse : tensor<2x3x7x2xf64>, tensor<2x3x7xf64>
}
