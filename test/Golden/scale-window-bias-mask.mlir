// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x3x7x3.npy --input=@inputs/k-2x1x5x3.npy --input=@inputs/v-2x1x5x2.npy --input=@inputs/scale-scalar.npy --input=@scale-window-bias-mask/bias-1x3x1x5.npy --input=@scale-window-bias-mask/mask-2x1x1x5.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@scale-window-bias-mask/forward.0.npy \
// RUN:   --expect=@scale-window-bias-mask/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x3.npy --input=@inputs/d0-2x1x5x2.npy --input=@inputs/d0-scalar.npy \
// RUN:   --input=@inputs/d0-1x3x1x5.npy --expect=@scale-window-bias-mask/forward.0.npy \
// RUN:   --expect=@scale-window-bias-mask/forward.1.npy --expect=@scale-window-bias-mask/jvp.2.npy \
// RUN:   --expect=@scale-window-bias-mask/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --expect=@scale-window-bias-mask/forward.0.npy \
// RUN:   --expect=@scale-window-bias-mask/forward.1.npy --expect=@scale-window-bias-mask/vjp.2.npy \
// RUN:   --expect=@scale-window-bias-mask/vjp.3.npy --expect=@scale-window-bias-mask/vjp.4.npy \
// RUN:   --expect=@scale-window-bias-mask/vjp.5.npy --expect=@scale-window-bias-mask/vjp.6.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --input=@inputs/d0-2x3x7x3.npy --input=@inputs/d0-2x1x5x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x2.npy --input=@inputs/d0-scalar.npy --input=@inputs/d0-1x3x1x5.npy \
// RUN:   --expect=@scale-window-bias-mask/hvp.0.npy --expect=@scale-window-bias-mask/hvp.1.npy \
// RUN:   --expect=@scale-window-bias-mask/hvp.2.npy --expect=@scale-window-bias-mask/hvp.3.npy \
// RUN:   --expect=@scale-window-bias-mask/hvp.4.npy
// RUN: %{run} --derive=hvp,vjp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --input=@inputs/d0-2x3x7x3.npy --input=@inputs/d0-2x1x5x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x2.npy --input=@inputs/d0-scalar.npy --input=@inputs/d0-1x3x1x5.npy \
// RUN:   --input=@inputs/d1-2x3x7x3.npy --input=@inputs/d1-2x1x5x3.npy --input=@inputs/d1-2x1x5x2.npy \
// RUN:   --input=@inputs/d1-scalar.npy --input=@inputs/d1-1x3x1x5.npy --expect=@scale-window-bias-mask/hvp.0.npy \
// RUN:   --expect=@scale-window-bias-mask/hvp.1.npy --expect=@scale-window-bias-mask/hvp.2.npy \
// RUN:   --expect=@scale-window-bias-mask/hvp.3.npy --expect=@scale-window-bias-mask/hvp.4.npy \
// RUN:   --expect=@scale-window-bias-mask/hvp-vjp.5.npy --expect=@scale-window-bias-mask/hvp-vjp.6.npy \
// RUN:   --expect=@scale-window-bias-mask/hvp-vjp.7.npy --expect=@scale-window-bias-mask/hvp-vjp.8.npy \
// RUN:   --expect=@scale-window-bias-mask/hvp-vjp.9.npy --expect=@scale-window-bias-mask/hvp-vjp.10.npy \
// RUN:   --expect=@scale-window-bias-mask/hvp-vjp.11.npy --expect=@scale-window-bias-mask/hvp-vjp.12.npy \
// RUN:   --expect=@scale-window-bias-mask/hvp-vjp.13.npy --expect=@scale-window-bias-mask/hvp-vjp.14.npy \
// RUN:   --expect=@scale-window-bias-mask/hvp-vjp.15.npy --expect=@scale-window-bias-mask/hvp-vjp.16.npy

func.func @attention(
    %q: tensor<2x3x7x3xf64>,
    %k: tensor<2x1x5x3xf64>,
    %v: tensor<2x1x5x2xf64>,
    %scale: f64,
    %bias: tensor<1x3x1x5xf64>,
    %mask: tensor<2x1x1x5xi1>)
    -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      scale(%scale)
      window(3, 1)
      bias(%bias)
      mask(%mask)
      : (tensor<2x3x7x3xf64>, tensor<2x1x5x3xf64>, tensor<2x1x5x2xf64>, f64, tensor<1x3x1x5xf64>, tensor<2x1x1x5xi1>)
      -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>)
  return %out, %lse : tensor<2x3x7x2xf64>, tensor<2x3x7xf64>
}
