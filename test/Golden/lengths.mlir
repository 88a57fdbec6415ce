// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x3x7x3.npy --input=@inputs/k-2x1x5x3.npy --input=@inputs/v-2x1x5x2.npy --input=@lengths/rows-2.npy --input=@lengths/keys-2.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@lengths/forward.0.npy \
// RUN:   --expect=@lengths/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x3.npy --input=@inputs/d0-2x1x5x2.npy --expect=@lengths/forward.0.npy \
// RUN:   --expect=@lengths/forward.1.npy --expect=@lengths/jvp.2.npy --expect=@lengths/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --expect=@lengths/forward.0.npy --expect=@lengths/forward.1.npy \
// RUN:   --expect=@lengths/vjp.2.npy --expect=@lengths/vjp.3.npy --expect=@lengths/vjp.4.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --input=@inputs/d0-2x3x7x3.npy --input=@inputs/d0-2x1x5x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x2.npy --expect=@lengths/hvp.0.npy --expect=@lengths/hvp.1.npy \
// RUN:   --expect=@lengths/hvp.2.npy
// RUN: %{run} --derive=hvp,vjp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --input=@inputs/d0-2x3x7x3.npy --input=@inputs/d0-2x1x5x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x2.npy --input=@inputs/d1-2x3x7x3.npy --input=@inputs/d1-2x1x5x3.npy \
// RUN:   --input=@inputs/d1-2x1x5x2.npy --expect=@lengths/hvp.0.npy --expect=@lengths/hvp.1.npy \
// RUN:   --expect=@lengths/hvp.2.npy --expect=@lengths/hvp-vjp.3.npy --expect=@lengths/hvp-vjp.4.npy \
// RUN:   --expect=@lengths/hvp-vjp.5.npy --expect=@lengths/hvp-vjp.6.npy --expect=@lengths/hvp-vjp.7.npy \
// RUN:   --expect=@lengths/hvp-vjp.8.npy --expect=@lengths/hvp-vjp.9.npy --expect=@lengths/hvp-vjp.10.npy

func.func @attention(
    %q: tensor<2x3x7x3xf64>,
    %k: tensor<2x1x5x3xf64>,
    %v: tensor<2x1x5x2xf64>,
    %rows: tensor<2xi32>,
    %keys: tensor<2xi32>)
    -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      lengths(%rows, %keys)
      : (tensor<2x3x7x3xf64>, tensor<2x1x5x3xf64>, tensor<2x1x5x2xf64>, tensor<2xi32>, tensor<2xi32>)
      -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>)
  return %out, %lse : tensor<2x3x7x2xf64>, tensor<2x3x7xf64>
}
