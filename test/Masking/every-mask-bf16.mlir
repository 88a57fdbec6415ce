// Nothing read outside the live pairs: NaN and infinity everywhere else, bf16.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@every-mask/q-2x2x3x5.npy --input=@every-mask/k-2x2x9x5.npy --input=@every-mask/v-2x2x9x1.npy --input=@inputs/scale-scalar.npy --input=@every-mask/bias-2x1x3x9.npy --input=@every-mask/mask-1x2x1x9.npy --input=@every-mask/rows-2.npy --input=@every-mask/keys-2.npy --input=@every-mask/gates-2.npy --input=@every-mask/tau-scalar.npy
// RUN: %{run} --rtol=3.91e-03 --atol=5.96e-06 %{x} --expect=@every-mask/forward.0.npy \
// RUN:   --expect=@every-mask/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=3.91e-03 --atol=5.96e-05 %{x} --input=@every-mask/q-d0-2x2x3x5.npy \
// RUN:   --input=@every-mask/k-d0-2x2x9x5.npy --input=@every-mask/v-d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy \
// RUN:   --input=@every-mask/bias-d0-2x1x3x9.npy --input=@inputs/d0-2.npy --input=@inputs/d1-scalar.npy \
// RUN:   --expect=@every-mask/forward.0.npy --expect=@every-mask/forward.1.npy --expect=@every-mask/jvp.2.npy \
// RUN:   --expect=@every-mask/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=3.91e-03 --atol=5.96e-05 %{x} --input=@every-mask/out-d0-2x2x3x1.npy \
// RUN:   --input=@every-mask/lse-d0-2x2x3.npy --expect=@every-mask/forward.0.npy \
// RUN:   --expect=@every-mask/forward.1.npy --expect=@every-mask/vjp.2.npy --expect=@every-mask/vjp.3.npy \
// RUN:   --expect=@every-mask/vjp.4.npy --expect=@every-mask/vjp.5.npy --expect=@every-mask/vjp.6.npy \
// RUN:   --expect=@every-mask/vjp.7.npy --expect=@every-mask/vjp.8.npy
// RUN: %{run} --derive=hvp --rtol=3.91e-03 --atol=5.96e-04 %{x} --input=@every-mask/out-d0-2x2x3x1.npy \
// RUN:   --input=@every-mask/lse-d0-2x2x3.npy --input=@every-mask/q-d0-2x2x3x5.npy \
// RUN:   --input=@every-mask/k-d0-2x2x9x5.npy --input=@every-mask/v-d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy \
// RUN:   --input=@every-mask/bias-d0-2x1x3x9.npy --input=@inputs/d0-2.npy --input=@inputs/d1-scalar.npy \
// RUN:   --expect=@every-mask/hvp.0.npy --expect=@every-mask/hvp.1.npy --expect=@every-mask/hvp.2.npy \
// RUN:   --expect=@every-mask/hvp.3.npy --expect=@every-mask/hvp.4.npy --expect=@every-mask/hvp.5.npy \
// RUN:   --expect=@every-mask/hvp.6.npy

func.func @attention(
    %q64: tensor<2x2x3x5xf64>,
    %k64: tensor<2x2x9x5xf64>,
    %v64: tensor<2x2x9x1xf64>,
    %scale64: f64,
    %bias64: tensor<2x1x3x9xf64>,
    %mask: tensor<1x2x1x9xi1>,
    %rows: tensor<2xi32>,
    %keys: tensor<2xi32>,
    %gates64: tensor<2xf64>,
    %tau64: f64)
    -> (tensor<2x2x3x1xf64>, tensor<2x2x3xf64>) {
  %q = arith.truncf %q64 : tensor<2x2x3x5xf64> to tensor<2x2x3x5xbf16>
  %k = arith.truncf %k64 : tensor<2x2x9x5xf64> to tensor<2x2x9x5xbf16>
  %v = arith.truncf %v64 : tensor<2x2x9x1xf64> to tensor<2x2x9x1xbf16>
  %scale = arith.truncf %scale64 : f64 to f32
  %bias = arith.truncf %bias64 : tensor<2x1x3x9xf64> to tensor<2x1x3x9xbf16>
  %gates = arith.truncf %gates64 : tensor<2xf64> to tensor<2xf32>
  %tau = arith.truncf %tau64 : f64 to f32
  %out, %lse = theria.sdpa %q, %k, %v
      scale(%scale)
      causal(bottom_right)
      window(4, 0)
      bias(%bias)
      mask(%mask)
      lengths(%rows, %keys)
      score(%gates, %tau) {
      ^bb0(%s: f32, %b: index, %h: index, %i: index, %j: index):
        %gate = tensor.extract %gates[%h] : tensor<2xf32>
        %cold = arith.negf %tau : f32
        %factor = math.exp %cold : f32
        %scaled = arith.mulf %s, %factor : f32
        %e = math.exp %scaled : f32
        %soft = math.log1p %e : f32
        %curve = arith.mulf %gate, %soft : f32
        %t = arith.addf %s, %curve : f32
        theria.yield %t : f32
      }
      where {
      ^bb0(%b: index, %h: index, %i: index, %j: index):
        %sum = arith.addi %i, %j : index
        %all = arith.addi %sum, %h : index
        %three = arith.constant 3 : index
        %rest = arith.remui %all, %three : index
        %one = arith.constant 1 : index
        %live = arith.cmpi ne, %rest, %one : index
        theria.yield %live : i1
      }
      : (tensor<2x2x3x5xbf16>, tensor<2x2x9x5xbf16>, tensor<2x2x9x1xbf16>, f32, tensor<2x1x3x9xbf16>, tensor<1x2x1x9xi1>, tensor<2xi32>, tensor<2xi32>, tensor<2xf32>, f32)
      -> (tensor<2x2x3x1xbf16>, tensor<2x2x3xf32>)
  %out64 = arith.extf %out : tensor<2x2x3x1xbf16> to tensor<2x2x3x1xf64>
  %lse64 = arith.extf %lse : tensor<2x2x3xf32> to tensor<2x2x3xf64>
  return %out64, %lse64 : tensor<2x2x3x1xf64>, tensor<2x2x3xf64>
}
