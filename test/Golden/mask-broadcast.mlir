// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x3x7x3.npy --input=@inputs/k-2x1x5x3.npy --input=@inputs/v-2x1x5x2.npy --input=@mask-broadcast/mask-1x1x7x5.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@mask-broadcast/forward.0.npy \
// RUN:   --expect=@mask-broadcast/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x3.npy --input=@inputs/d0-2x1x5x2.npy --expect=@mask-broadcast/forward.0.npy \
// RUN:   --expect=@mask-broadcast/forward.1.npy --expect=@mask-broadcast/jvp.2.npy \
// RUN:   --expect=@mask-broadcast/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --expect=@mask-broadcast/forward.0.npy \
// RUN:   --expect=@mask-broadcast/forward.1.npy --expect=@mask-broadcast/vjp.2.npy \
// RUN:   --expect=@mask-broadcast/vjp.3.npy --expect=@mask-broadcast/vjp.4.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --input=@inputs/d0-2x3x7x3.npy --input=@inputs/d0-2x1x5x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x2.npy --expect=@mask-broadcast/hvp.0.npy --expect=@mask-broadcast/hvp.1.npy \
// RUN:   --expect=@mask-broadcast/hvp.2.npy
// RUN: %{run} --derive=vjp,hvp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --input=@inputs/d1-2x3x7x2.npy --input=@inputs/d1-2x3x7.npy \
// RUN:   --input=@inputs/d0-2x3x7x3.npy --input=@inputs/d0-2x1x5x3.npy --input=@inputs/d0-2x1x5x2.npy \
// RUN:   --input=@inputs/d1-2x3x7x3.npy --input=@inputs/d1-2x1x5x3.npy --input=@inputs/d1-2x1x5x2.npy \
// RUN:   --input=@inputs/d2-2x3x7x2.npy --input=@inputs/d2-2x3x7.npy --expect=@mask-broadcast/vjp-hvp.0.npy \
// RUN:   --expect=@mask-broadcast/vjp-hvp.1.npy --expect=@mask-broadcast/vjp-hvp.2.npy \
// RUN:   --expect=@mask-broadcast/vjp-hvp.3.npy --expect=@mask-broadcast/vjp-hvp.4.npy

func.func @attention(
    %q: tensor<2x3x7x3xf64>,
    %k: tensor<2x1x5x3xf64>,
    %v: tensor<2x1x5x2xf64>,
    %mask: tensor<1x1x7x5xi1>)
    -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      mask(%mask)
      : (tensor<2x3x7x3xf64>, tensor<2x1x5x3xf64>, tensor<2x1x5x2xf64>, tensor<1x1x7x5xi1>)
      -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>)
  return %out, %lse : tensor<2x3x7x2xf64>, tensor<2x3x7xf64>
}
