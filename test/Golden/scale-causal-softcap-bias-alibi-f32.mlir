// Values and derivatives against an independent implementation, f32.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-1x4x5x3.npy --input=@inputs/k-1x2x7x3.npy --input=@inputs/v-1x2x7x4.npy --input=@inputs/scale-scalar.npy --input=@scale-causal-softcap-bias-alibi/bias-1x1x1x7.npy --input=@scale-causal-softcap-bias-alibi/slopes-4.npy
// RUN: %{run} --rtol=5.96e-06 --atol=5.96e-06 %{x} --expect=@scale-causal-softcap-bias-alibi/forward.0.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=5.96e-06 --atol=5.96e-05 %{x} --input=@inputs/d0-1x4x5x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-scalar.npy \
// RUN:   --input=@inputs/d0-1x1x1x7.npy --input=@inputs/d0-4.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/forward.0.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/forward.1.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/jvp.2.npy --expect=@scale-causal-softcap-bias-alibi/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=5.96e-06 --atol=5.96e-05 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --expect=@scale-causal-softcap-bias-alibi/forward.0.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/forward.1.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/vjp.2.npy --expect=@scale-causal-softcap-bias-alibi/vjp.3.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/vjp.4.npy --expect=@scale-causal-softcap-bias-alibi/vjp.5.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/vjp.6.npy --expect=@scale-causal-softcap-bias-alibi/vjp.7.npy
// RUN: %{run} --derive=hvp --rtol=5.96e-06 --atol=5.96e-04 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-scalar.npy --input=@inputs/d0-1x1x1x7.npy \
// RUN:   --input=@inputs/d0-4.npy --expect=@scale-causal-softcap-bias-alibi/hvp.0.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/hvp.1.npy --expect=@scale-causal-softcap-bias-alibi/hvp.2.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/hvp.3.npy --expect=@scale-causal-softcap-bias-alibi/hvp.4.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/hvp.5.npy

func.func @attention(
    %q64: tensor<1x4x5x3xf64>,
    %k64: tensor<1x2x7x3xf64>,
    %v64: tensor<1x2x7x4xf64>,
    %scale64: f64,
    %bias64: tensor<1x1x1x7xf64>,
    %slopes64: tensor<4xf64>)
    -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>) {
  %q = arith.truncf %q64 : tensor<1x4x5x3xf64> to tensor<1x4x5x3xf32>
  %k = arith.truncf %k64 : tensor<1x2x7x3xf64> to tensor<1x2x7x3xf32>
  %v = arith.truncf %v64 : tensor<1x2x7x4xf64> to tensor<1x2x7x4xf32>
  %scale = arith.truncf %scale64 : f64 to f32
  %bias = arith.truncf %bias64 : tensor<1x1x1x7xf64> to tensor<1x1x1x7xf32>
  %slopes = arith.truncf %slopes64 : tensor<4xf64> to tensor<4xf32>
  %out, %lse = theria.sdpa %q, %k, %v
      scale(%scale)
      causal
      softcap(3.0)
      bias(%bias)
      score(%slopes) {
      ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
        %slope = tensor.extract %slopes[%h] : tensor<4xf32>
        %gap = arith.subi %i, %j : index
        %far = math.absi %gap : index
        %int = arith.index_cast %far : index to i64
        %distance = arith.sitofp %int : i64 to f32
        %penalty = arith.mulf %slope, %distance : f32
        %t = arith.subf %s, %penalty : f32
        theria.yield %t : f32
      }
      : (tensor<1x4x5x3xf32>, tensor<1x2x7x3xf32>, tensor<1x2x7x4xf32>, f32, tensor<1x1x1x7xf32>, tensor<4xf32>)
      -> (tensor<1x4x5x4xf32>, tensor<1x4x5xf32>)
  %out64 = arith.extf %out : tensor<1x4x5x4xf32> to tensor<1x4x5x4xf64>
  %lse64 = arith.extf %lse : tensor<1x4x5xf32> to tensor<1x4x5xf64>
  return %out64, %lse64 : tensor<1x4x5x4xf64>, tensor<1x4x5xf64>
}
