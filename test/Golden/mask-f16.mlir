// Values and derivatives against an independent implementation, f16.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x3x7x3.npy --input=@inputs/k-2x1x5x3.npy --input=@inputs/v-2x1x5x2.npy --input=@mask/mask-2x3x7x5.npy
// RUN: %{run} --rtol=4.94e-04 --atol=5.96e-06 %{x} --expect=@mask/forward.0.npy --expect=@mask/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=4.94e-04 --atol=5.96e-05 %{x} --input=@inputs/d0-2x3x7x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x3.npy --input=@inputs/d0-2x1x5x2.npy --expect=@mask/forward.0.npy \
// RUN:   --expect=@mask/forward.1.npy --expect=@mask/jvp.2.npy --expect=@mask/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=4.94e-04 --atol=5.96e-05 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --expect=@mask/forward.0.npy --expect=@mask/forward.1.npy \
// RUN:   --expect=@mask/vjp.2.npy --expect=@mask/vjp.3.npy --expect=@mask/vjp.4.npy
// RUN: %{run} --derive=hvp --rtol=4.94e-04 --atol=5.96e-04 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --input=@inputs/d0-2x3x7x3.npy --input=@inputs/d0-2x1x5x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x2.npy --expect=@mask/hvp.0.npy --expect=@mask/hvp.1.npy \
// RUN:   --expect=@mask/hvp.2.npy

func.func @attention(
    %q64: tensor<2x3x7x3xf64>,
    %k64: tensor<2x1x5x3xf64>,
    %v64: tensor<2x1x5x2xf64>,
    %mask: tensor<2x3x7x5xi1>)
    -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>) {
  %q = arith.truncf %q64 : tensor<2x3x7x3xf64> to tensor<2x3x7x3xf16>
  %k = arith.truncf %k64 : tensor<2x1x5x3xf64> to tensor<2x1x5x3xf16>
  %v = arith.truncf %v64 : tensor<2x1x5x2xf64> to tensor<2x1x5x2xf16>
  %out, %lse = theria.sdpa %q, %k, %v
      mask(%mask)
      : (tensor<2x3x7x3xf16>, tensor<2x1x5x3xf16>, tensor<2x1x5x2xf16>, tensor<2x3x7x5xi1>)
      -> (tensor<2x3x7x2xf16>, tensor<2x3x7xf32>)
  %out64 = arith.extf %out : tensor<2x3x7x2xf16> to tensor<2x3x7x2xf64>
  %lse64 = arith.extf %lse : tensor<2x3x7xf32> to tensor<2x3x7xf64>
  return %out64, %lse64 : tensor<2x3x7x2xf64>, tensor<2x3x7xf64>
}
