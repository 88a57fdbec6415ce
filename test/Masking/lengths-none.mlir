// Nothing read outside the live pairs: NaN and infinity everywhere else.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@lengths-none/q-2x2x3x5.npy --input=@lengths-none/k-2x2x9x5.npy --input=@lengths-none/v-2x2x9x1.npy --input=@inputs/scale-scalar.npy --input=@lengths-none/rows-2.npy --input=@lengths-none/keys-2.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@lengths-none/forward.0.npy \
// RUN:   --expect=@lengths-none/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@lengths-none/q-d0-2x2x3x5.npy \
// RUN:   --input=@lengths-none/k-d0-2x2x9x5.npy --input=@lengths-none/v-d0-2x2x9x1.npy \
// RUN:   --input=@inputs/d0-scalar.npy --expect=@lengths-none/forward.0.npy --expect=@lengths-none/forward.1.npy \
// RUN:   --expect=@lengths-none/jvp.2.npy --expect=@lengths-none/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@lengths-none/out-d0-2x2x3x1.npy \
// RUN:   --input=@lengths-none/lse-d0-2x2x3.npy --expect=@lengths-none/forward.0.npy \
// RUN:   --expect=@lengths-none/forward.1.npy --expect=@lengths-none/vjp.2.npy --expect=@lengths-none/vjp.3.npy \
// RUN:   --expect=@lengths-none/vjp.4.npy --expect=@lengths-none/vjp.5.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@lengths-none/out-d0-2x2x3x1.npy \
// RUN:   --input=@lengths-none/lse-d0-2x2x3.npy --input=@lengths-none/q-d0-2x2x3x5.npy \
// RUN:   --input=@lengths-none/k-d0-2x2x9x5.npy --input=@lengths-none/v-d0-2x2x9x1.npy \
// RUN:   --input=@inputs/d0-scalar.npy --expect=@lengths-none/hvp.0.npy --expect=@lengths-none/hvp.1.npy \
// RUN:   --expect=@lengths-none/hvp.2.npy --expect=@lengths-none/hvp.3.npy
// RUN: %{run} --derive=vjp,vjp,jvp --rtol=1.11e-14 --atol=1.11e-11 %{x} \
// RUN:   --input=@lengths-none/out-d0-2x2x3x1.npy --input=@lengths-none/lse-d0-2x2x3.npy \
// RUN:   --input=@lengths-none/out-d1-2x2x3x1.npy --input=@lengths-none/lse-d1-2x2x3.npy \
// RUN:   --input=@lengths-none/q-d0-2x2x3x5.npy --input=@lengths-none/k-d0-2x2x9x5.npy \
// RUN:   --input=@lengths-none/v-d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy \
// RUN:   --input=@lengths-none/q-d1-2x2x3x5.npy --input=@lengths-none/k-d1-2x2x9x5.npy \
// RUN:   --input=@lengths-none/v-d1-2x2x9x1.npy --input=@inputs/d1-scalar.npy \
// RUN:   --input=@lengths-none/out-d2-2x2x3x1.npy --input=@lengths-none/lse-d2-2x2x3.npy \
// RUN:   --input=@lengths-none/out-d3-2x2x3x1.npy --input=@lengths-none/lse-d3-2x2x3.npy \
// RUN:   --input=@lengths-none/q-d2-2x2x3x5.npy --input=@lengths-none/k-d2-2x2x9x5.npy \
// RUN:   --input=@lengths-none/v-d2-2x2x9x1.npy --input=@inputs/d2-scalar.npy \
// RUN:   --expect=@lengths-none/forward.0.npy --expect=@lengths-none/forward.1.npy \
// RUN:   --expect=@lengths-none/vjp.2.npy --expect=@lengths-none/vjp.3.npy --expect=@lengths-none/vjp.4.npy \
// RUN:   --expect=@lengths-none/vjp.5.npy --expect=@lengths-none/vjp-vjp-jvp.6.npy \
// RUN:   --expect=@lengths-none/vjp-vjp-jvp.7.npy --expect=@lengths-none/vjp-vjp-jvp.8.npy \
// RUN:   --expect=@lengths-none/vjp-vjp-jvp.9.npy --expect=@lengths-none/jvp.2.npy \
// RUN:   --expect=@lengths-none/jvp.3.npy --expect=@lengths-none/vjp-vjp-jvp.12.npy \
// RUN:   --expect=@lengths-none/vjp-vjp-jvp.13.npy --expect=@lengths-none/vjp-vjp-jvp.14.npy \
// RUN:   --expect=@lengths-none/vjp-vjp-jvp.15.npy --expect=@lengths-none/vjp-vjp-jvp.16.npy \
// RUN:   --expect=@lengths-none/vjp-vjp-jvp.17.npy --expect=@lengths-none/vjp-vjp-jvp.18.npy \
// RUN:   --expect=@lengths-none/vjp-vjp-jvp.19.npy --expect=@lengths-none/vjp-vjp-jvp.20.npy \
// RUN:   --expect=@lengths-none/vjp-vjp-jvp.21.npy --expect=@lengths-none/vjp-vjp-jvp.22.npy \
// RUN:   --expect=@lengths-none/vjp-vjp-jvp.23.npy

func.func @attention(
    %q: tensor<2x2x3x5xf64>,
    %k: tensor<2x2x9x5xf64>,
    %v: tensor<2x2x9x1xf64>,
    %scale: f64,
    %rows: tensor<2xi32>,
    %keys: tensor<2xi32>)
    -> (tensor<2x2x3x1xf64>, tensor<2x2x3xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      scale(%scale)
      softcap(2.0)
      lengths(%rows, %keys)
      : (tensor<2x2x3x5xf64>, tensor<2x2x9x5xf64>, tensor<2x2x9x1xf64>, f64, tensor<2xi32>, tensor<2xi32>)
      -> (tensor<2x2x3x1xf64>, tensor<2x2x3xf64>)
  return %out, %lse : tensor<2x2x3x1xf64>, tensor<2x2x3xf64>
}
