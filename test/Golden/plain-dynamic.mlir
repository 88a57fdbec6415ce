// Values and derivatives against an independent implementation, dynamic shapes.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-1x4x5x3.npy --input=@inputs/k-1x2x7x3.npy --input=@inputs/v-1x2x7x4.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@plain/forward.0.npy --expect=@plain/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy --expect=@plain/forward.0.npy \
// RUN:   --expect=@plain/forward.1.npy --expect=@plain/jvp.2.npy --expect=@plain/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --expect=@plain/forward.0.npy --expect=@plain/forward.1.npy \
// RUN:   --expect=@plain/vjp.2.npy --expect=@plain/vjp.3.npy --expect=@plain/vjp.4.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --expect=@plain/hvp.0.npy --expect=@plain/hvp.1.npy \
// RUN:   --expect=@plain/hvp.2.npy

func.func @attention(
    %q: tensor<?x?x?x?xf64>,
    %k: tensor<?x?x?x?xf64>,
    %v: tensor<?x?x?x?xf64>)
    -> (tensor<?x?x?x?xf64>, tensor<?x?x?xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      : (tensor<?x?x?x?xf64>, tensor<?x?x?x?xf64>, tensor<?x?x?x?xf64>)
      -> (tensor<?x?x?x?xf64>, tensor<?x?x?xf64>)
  return %out, %lse : tensor<?x?x?x?xf64>, tensor<?x?x?xf64>
}
