// Values and derivatives against an independent implementation, dynamic shapes.
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

func.func @attention(
    %q: tensor<?x3x?x3xf64>,
    %k: tensor<?x1x?x3xf64>,
    %v: tensor<?x1x?x?xf64>,
    %bias: tensor<?x1x?x?xf64>,
    %rows: tensor<?xi32>,
    %keys: tensor<?xi32>)
    -> (tensor<?x3x?x?xf64>, tensor<?x3x?xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      causal(bottom_right)
      window(2, 0)
      bias(%bias)
      lengths(%rows, %keys)
      : (tensor<?x3x?x3xf64>, tensor<?x1x?x3xf64>, tensor<?x1x?x?xf64>, tensor<?x1x?x?xf64>, tensor<?xi32>, tensor<?xi32>)
      -> (tensor<?x3x?x?xf64>, tensor<?x3x?xf64>)
  return %out, %lse : tensor<?x3x?x?xf64>, tensor<?x3x?xf64>
}
