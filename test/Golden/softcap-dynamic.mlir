// Values and derivatives against an independent implementation, dynamic shapes.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x2x3x5.npy --input=@inputs/k-2x2x9x5.npy --input=@inputs/v-2x2x9x1.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@softcap/forward.0.npy \
// RUN:   --expect=@softcap/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x2x3x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x5.npy --input=@inputs/d0-2x2x9x1.npy --expect=@softcap/forward.0.npy \
// RUN:   --expect=@softcap/forward.1.npy --expect=@softcap/jvp.2.npy --expect=@softcap/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --expect=@softcap/forward.0.npy --expect=@softcap/forward.1.npy \
// RUN:   --expect=@softcap/vjp.2.npy --expect=@softcap/vjp.3.npy --expect=@softcap/vjp.4.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --input=@inputs/d0-2x2x3x5.npy --input=@inputs/d0-2x2x9x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x1.npy --expect=@softcap/hvp.0.npy --expect=@softcap/hvp.1.npy \
// RUN:   --expect=@softcap/hvp.2.npy

func.func @attention(
    %q: tensor<2x2x3x?xf64>,
    %k: tensor<2x2x9x?xf64>,
    %v: tensor<2x2x9x?xf64>)
    -> (tensor<2x2x3x?xf64>, tensor<2x2x3xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      softcap(1.5)
      : (tensor<2x2x3x?xf64>, tensor<2x2x9x?xf64>, tensor<2x2x9x?xf64>)
      -> (tensor<2x2x3x?xf64>, tensor<2x2x3xf64>)
  return %out, %lse : tensor<2x2x3x?xf64>, tensor<2x2x3xf64>
}
