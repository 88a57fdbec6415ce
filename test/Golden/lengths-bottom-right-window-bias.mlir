// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x3x7x3.npy --input=@inputs/k-2x1x5x3.npy --input=@inputs/v-2x1x5x2.npy --input=@lengths-bottom-right-window-bias/bias-2x1x7x5.npy --input=@lengths-bottom-right-window-bias/rows-2.npy --input=@lengths-bottom-right-window-bias/keys-2.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@lengths-bottom-right-window-bias/forward.0.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x3.npy --input=@inputs/d0-2x1x5x2.npy --input=@inputs/d0-2x1x7x5.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/forward.0.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/forward.1.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/jvp.2.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --expect=@lengths-bottom-right-window-bias/forward.0.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/forward.1.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/vjp.2.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/vjp.3.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/vjp.4.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/vjp.5.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --input=@inputs/d0-2x3x7x3.npy --input=@inputs/d0-2x1x5x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x2.npy --input=@inputs/d0-2x1x7x5.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/hvp.0.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/hvp.1.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/hvp.2.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/hvp.3.npy
// RUN: %{run} --derive=hvp,jvp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --input=@inputs/d0-2x3x7x3.npy --input=@inputs/d0-2x1x5x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x2.npy --input=@inputs/d0-2x1x7x5.npy --input=@inputs/d1-2x3x7x3.npy \
// RUN:   --input=@inputs/d1-2x1x5x3.npy --input=@inputs/d1-2x1x5x2.npy --input=@inputs/d1-2x1x7x5.npy \
// RUN:   --input=@inputs/d1-2x3x7x2.npy --input=@inputs/d1-2x3x7.npy --input=@inputs/d2-2x3x7x3.npy \
// RUN:   --input=@inputs/d2-2x1x5x3.npy --input=@inputs/d2-2x1x5x2.npy --input=@inputs/d2-2x1x7x5.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/hvp.0.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/hvp.1.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/hvp.2.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/hvp.3.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/hvp-jvp.4.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/hvp-jvp.5.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/hvp-jvp.6.npy \
// RUN:   --expect=@lengths-bottom-right-window-bias/hvp-jvp.7.npy

func.func @attention(
    %q: tensor<2x3x7x3xf64>,
    %k: tensor<2x1x5x3xf64>,
    %v: tensor<2x1x5x2xf64>,
    %bias: tensor<2x1x7x5xf64>,
    %rows: tensor<2xi32>,
    %keys: tensor<2xi32>)
    -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      causal(bottom_right)
      window(2, 0)
      bias(%bias)
      lengths(%rows, %keys)
      : (tensor<2x3x7x3xf64>, tensor<2x1x5x3xf64>, tensor<2x1x5x2xf64>, tensor<2x1x7x5xf64>, tensor<2xi32>, tensor<2xi32>)
      -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>)
  return %out, %lse : tensor<2x3x7x2xf64>, tensor<2x3x7xf64>
}
