// Values and derivatives against an independent implementation, f32.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-1x4x5x3.npy --input=@inputs/k-1x2x7x3.npy --input=@inputs/v-1x2x7x4.npy
// RUN: %{run} --rtol=5.96e-06 --atol=5.96e-06 %{x} --expect=@plain/forward.0.npy --expect=@plain/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=5.96e-06 --atol=5.96e-05 %{x} --input=@inputs/d0-1x4x5x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy --expect=@plain/forward.0.npy \
// RUN:   --expect=@plain/forward.1.npy --expect=@plain/jvp.2.npy --expect=@plain/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=5.96e-06 --atol=5.96e-05 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --expect=@plain/forward.0.npy --expect=@plain/forward.1.npy \
// RUN:   --expect=@plain/vjp.2.npy --expect=@plain/vjp.3.npy --expect=@plain/vjp.4.npy
// RUN: %{run} --derive=hvp --rtol=5.96e-06 --atol=5.96e-04 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --expect=@plain/hvp.0.npy --expect=@plain/hvp.1.npy \
// RUN:   --expect=@plain/hvp.2.npy

func.func @attention(
    %q64: tensor<1x4x5x3xf64>,
    %k64: tensor<1x2x7x3xf64>,
    %v64: tensor<1x2x7x4xf64>)
    -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>) {
  %q = arith.truncf %q64 : tensor<1x4x5x3xf64> to tensor<1x4x5x3xf32>
  %k = arith.truncf %k64 : tensor<1x2x7x3xf64> to tensor<1x2x7x3xf32>
  %v = arith.truncf %v64 : tensor<1x2x7x4xf64> to tensor<1x2x7x4xf32>
  %out, %lse = theria.sdpa %q, %k, %v
      : (tensor<1x4x5x3xf32>, tensor<1x2x7x3xf32>, tensor<1x2x7x4xf32>)
      -> (tensor<1x4x5x4xf32>, tensor<1x4x5xf32>)
  %out64 = arith.extf %out : tensor<1x4x5x4xf32> to tensor<1x4x5x4xf64>
  %lse64 = arith.extf %lse : tensor<1x4x5xf32> to tensor<1x4x5xf64>
  return %out64, %lse64 : tensor<1x4x5x4xf64>, tensor<1x4x5xf64>
}
