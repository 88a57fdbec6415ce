// Nothing read outside the live pairs: NaN and infinity everywhere else.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@mask-rows-and-keys/q-2x3x7x3.npy --input=@mask-rows-and-keys/k-2x1x5x3.npy --input=@mask-rows-and-keys/v-2x1x5x2.npy --input=@mask-rows-and-keys/mask-2x3x7x5.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@mask-rows-and-keys/forward.0.npy \
// RUN:   --expect=@mask-rows-and-keys/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@mask-rows-and-keys/q-d0-2x3x7x3.npy \
// RUN:   --input=@mask-rows-and-keys/k-d0-2x1x5x3.npy --input=@mask-rows-and-keys/v-d0-2x1x5x2.npy \
// RUN:   --expect=@mask-rows-and-keys/forward.0.npy --expect=@mask-rows-and-keys/forward.1.npy \
// RUN:   --expect=@mask-rows-and-keys/jvp.2.npy --expect=@mask-rows-and-keys/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@mask-rows-and-keys/out-d0-2x3x7x2.npy \
// RUN:   --input=@mask-rows-and-keys/lse-d0-2x3x7.npy --expect=@mask-rows-and-keys/forward.0.npy \
// RUN:   --expect=@mask-rows-and-keys/forward.1.npy --expect=@mask-rows-and-keys/vjp.2.npy \
// RUN:   --expect=@mask-rows-and-keys/vjp.3.npy --expect=@mask-rows-and-keys/vjp.4.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@mask-rows-and-keys/out-d0-2x3x7x2.npy \
// RUN:   --input=@mask-rows-and-keys/lse-d0-2x3x7.npy --input=@mask-rows-and-keys/q-d0-2x3x7x3.npy \
// RUN:   --input=@mask-rows-and-keys/k-d0-2x1x5x3.npy --input=@mask-rows-and-keys/v-d0-2x1x5x2.npy \
// RUN:   --expect=@mask-rows-and-keys/hvp.0.npy --expect=@mask-rows-and-keys/hvp.1.npy \
// RUN:   --expect=@mask-rows-and-keys/hvp.2.npy
// RUN: %{run} --derive=vjp,jvp,jvp --rtol=1.11e-14 --atol=1.11e-11 %{x} \
// RUN:   --input=@mask-rows-and-keys/out-d0-2x3x7x2.npy --input=@mask-rows-and-keys/lse-d0-2x3x7.npy \
// RUN:   --input=@mask-rows-and-keys/q-d0-2x3x7x3.npy --input=@mask-rows-and-keys/k-d0-2x1x5x3.npy \
// RUN:   --input=@mask-rows-and-keys/v-d0-2x1x5x2.npy --input=@mask-rows-and-keys/out-d1-2x3x7x2.npy \
// RUN:   --input=@mask-rows-and-keys/lse-d1-2x3x7.npy --input=@mask-rows-and-keys/q-d1-2x3x7x3.npy \
// RUN:   --input=@mask-rows-and-keys/k-d1-2x1x5x3.npy --input=@mask-rows-and-keys/v-d1-2x1x5x2.npy \
// RUN:   --input=@mask-rows-and-keys/out-d2-2x3x7x2.npy --input=@mask-rows-and-keys/lse-d2-2x3x7.npy \
// RUN:   --input=@mask-rows-and-keys/q-d2-2x3x7x3.npy --input=@mask-rows-and-keys/k-d2-2x1x5x3.npy \
// RUN:   --input=@mask-rows-and-keys/v-d2-2x1x5x2.npy --input=@mask-rows-and-keys/out-d3-2x3x7x2.npy \
// RUN:   --input=@mask-rows-and-keys/lse-d3-2x3x7.npy --expect=@mask-rows-and-keys/forward.0.npy \
// RUN:   --expect=@mask-rows-and-keys/forward.1.npy --expect=@mask-rows-and-keys/vjp.2.npy \
// RUN:   --expect=@mask-rows-and-keys/vjp.3.npy --expect=@mask-rows-and-keys/vjp.4.npy \
// RUN:   --expect=@mask-rows-and-keys/jvp.2.npy --expect=@mask-rows-and-keys/jvp.3.npy \
// RUN:   --expect=@mask-rows-and-keys/vjp-jvp-jvp.7.npy --expect=@mask-rows-and-keys/vjp-jvp-jvp.8.npy \
// RUN:   --expect=@mask-rows-and-keys/vjp-jvp-jvp.9.npy --expect=@mask-rows-and-keys/vjp-jvp-jvp.10.npy \
// RUN:   --expect=@mask-rows-and-keys/vjp-jvp-jvp.11.npy --expect=@mask-rows-and-keys/vjp-jvp-jvp.12.npy \
// RUN:   --expect=@mask-rows-and-keys/vjp-jvp-jvp.13.npy --expect=@mask-rows-and-keys/vjp-jvp-jvp.14.npy \
// RUN:   --expect=@mask-rows-and-keys/vjp-jvp-jvp.15.npy --expect=@mask-rows-and-keys/vjp-jvp-jvp.16.npy \
// RUN:   --expect=@mask-rows-and-keys/vjp-jvp-jvp.17.npy --expect=@mask-rows-and-keys/vjp-jvp-jvp.18.npy \
// RUN:   --expect=@mask-rows-and-keys/vjp-jvp-jvp.19.npy

func.func @attention(
    %q: tensor<2x3x7x3xf64>,
    %k: tensor<2x1x5x3xf64>,
    %v: tensor<2x1x5x2xf64>,
    %mask: tensor<2x3x7x5xi1>)
    -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      mask(%mask)
      : (tensor<2x3x7x3xf64>, tensor<2x1x5x3xf64>, tensor<2x1x5x2xf64>, tensor<2x3x7x5xi1>)
      -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>)
  return %out, %lse : tensor<2x3x7x2xf64>, tensor<2x3x7xf64>
}
