// Values and derivatives against an independent implementation, dynamic shapes.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x3x7x3.npy --input=@inputs/k-2x1x5x3.npy --input=@inputs/v-2x1x5x2.npy --input=@mask/mask-2x3x7x5.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@mask/forward.0.npy --expect=@mask/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x3.npy --input=@inputs/d0-2x1x5x2.npy --expect=@mask/forward.0.npy \
// RUN:   --expect=@mask/forward.1.npy --expect=@mask/jvp.2.npy --expect=@mask/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --expect=@mask/forward.0.npy --expect=@mask/forward.1.npy \
// RUN:   --expect=@mask/vjp.2.npy --expect=@mask/vjp.3.npy --expect=@mask/vjp.4.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --input=@inputs/d0-2x3x7x3.npy --input=@inputs/d0-2x1x5x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x2.npy --expect=@mask/hvp.0.npy --expect=@mask/hvp.1.npy \
// RUN:   --expect=@mask/hvp.2.npy

func.func @attention(
    %q: tensor<?x?x?x3xf64>,
    %k: tensor<?x1x?x3xf64>,
    %v: tensor<?x1x?x2xf64>,
    %mask: tensor<?x?x?x?xi1>)
    -> (tensor<?x?x?x2xf64>, tensor<?x?x?xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      mask(%mask)
      : (tensor<?x?x?x3xf64>, tensor<?x1x?x3xf64>, tensor<?x1x?x2xf64>, tensor<?x?x?x?xi1>)
      -> (tensor<?x?x?x2xf64>, tensor<?x?x?xf64>)
  return %out, %lse : tensor<?x?x?x2xf64>, tensor<?x?x?xf64>
}
