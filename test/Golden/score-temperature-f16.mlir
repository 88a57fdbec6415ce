// Values and derivatives against an independent implementation, f16.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x2x3x5.npy --input=@inputs/k-2x2x9x5.npy --input=@inputs/v-2x2x9x1.npy --input=@score-temperature/tau-scalar.npy
// RUN: %{run} --rtol=4.94e-04 --atol=5.96e-06 %{x} --expect=@score-temperature/forward.0.npy \
// RUN:   --expect=@score-temperature/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=4.94e-04 --atol=5.96e-05 %{x} --input=@inputs/d0-2x2x3x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x5.npy --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy \
// RUN:   --expect=@score-temperature/forward.0.npy --expect=@score-temperature/forward.1.npy \
// RUN:   --expect=@score-temperature/jvp.2.npy --expect=@score-temperature/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=4.94e-04 --atol=5.96e-05 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --expect=@score-temperature/forward.0.npy \
// RUN:   --expect=@score-temperature/forward.1.npy --expect=@score-temperature/vjp.2.npy \
// RUN:   --expect=@score-temperature/vjp.3.npy --expect=@score-temperature/vjp.4.npy \
// RUN:   --expect=@score-temperature/vjp.5.npy
// RUN: %{run} --derive=hvp --rtol=4.94e-04 --atol=5.96e-04 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --input=@inputs/d0-2x2x3x5.npy --input=@inputs/d0-2x2x9x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy --expect=@score-temperature/hvp.0.npy \
// RUN:   --expect=@score-temperature/hvp.1.npy --expect=@score-temperature/hvp.2.npy \
// RUN:   --expect=@score-temperature/hvp.3.npy

func.func @attention(
    %q64: tensor<2x2x3x5xf64>,
    %k64: tensor<2x2x9x5xf64>,
    %v64: tensor<2x2x9x1xf64>,
    %tau64: f64)
    -> (tensor<2x2x3x1xf64>, tensor<2x2x3xf64>) {
  %q = arith.truncf %q64 : tensor<2x2x3x5xf64> to tensor<2x2x3x5xf16>
  %k = arith.truncf %k64 : tensor<2x2x9x5xf64> to tensor<2x2x9x5xf16>
  %v = arith.truncf %v64 : tensor<2x2x9x1xf64> to tensor<2x2x9x1xf16>
  %tau = arith.truncf %tau64 : f64 to f32
  %out, %lse = theria.sdpa %q, %k, %v
      score(%tau) {
      ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
        %cold = arith.negf %tau : f32
        %factor = math.exp %cold : f32
        %t = arith.mulf %s, %factor : f32
        theria.yield %t : f32
      }
      : (tensor<2x2x3x5xf16>, tensor<2x2x9x5xf16>, tensor<2x2x9x1xf16>, f32)
      -> (tensor<2x2x3x1xf16>, tensor<2x2x3xf32>)
  %out64 = arith.extf %out : tensor<2x2x3x1xf16> to tensor<2x2x3x1xf64>
  %lse64 = arith.extf %lse : tensor<2x2x3xf32> to tensor<2x2x3xf64>
  return %out64, %lse64 : tensor<2x2x3x1xf64>, tensor<2x2x3xf64>
}
