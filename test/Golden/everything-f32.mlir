// Values and derivatives against an independent implementation, f32.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x2x3x5.npy --input=@inputs/k-2x2x9x5.npy --input=@inputs/v-2x2x9x1.npy --input=@inputs/scale-scalar.npy --input=@everything/bias-2x2x1x9.npy --input=@everything/mask-1x2x3x9.npy --input=@everything/rows-2.npy --input=@everything/keys-2.npy --input=@everything/gates-2.npy --input=@everything/tau-scalar.npy
// RUN: %{run} --rtol=5.96e-06 --atol=5.96e-06 %{x} --expect=@everything/forward.0.npy \
// RUN:   --expect=@everything/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=5.96e-06 --atol=5.96e-05 %{x} --input=@inputs/d0-2x2x3x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x5.npy --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy \
// RUN:   --input=@inputs/d0-2x2x1x9.npy --input=@inputs/d0-2.npy --input=@inputs/d1-scalar.npy \
// RUN:   --expect=@everything/forward.0.npy --expect=@everything/forward.1.npy --expect=@everything/jvp.2.npy \
// RUN:   --expect=@everything/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=5.96e-06 --atol=5.96e-05 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --expect=@everything/forward.0.npy --expect=@everything/forward.1.npy \
// RUN:   --expect=@everything/vjp.2.npy --expect=@everything/vjp.3.npy --expect=@everything/vjp.4.npy \
// RUN:   --expect=@everything/vjp.5.npy --expect=@everything/vjp.6.npy --expect=@everything/vjp.7.npy \
// RUN:   --expect=@everything/vjp.8.npy
// RUN: %{run} --derive=hvp --rtol=5.96e-06 --atol=5.96e-04 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --input=@inputs/d0-2x2x3x5.npy --input=@inputs/d0-2x2x9x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy --input=@inputs/d0-2x2x1x9.npy \
// RUN:   --input=@inputs/d0-2.npy --input=@inputs/d1-scalar.npy --expect=@everything/hvp.0.npy \
// RUN:   --expect=@everything/hvp.1.npy --expect=@everything/hvp.2.npy --expect=@everything/hvp.3.npy \
// RUN:   --expect=@everything/hvp.4.npy --expect=@everything/hvp.5.npy --expect=@everything/hvp.6.npy

func.func @attention(
    %q64: tensor<2x2x3x5xf64>,
    %k64: tensor<2x2x9x5xf64>,
    %v64: tensor<2x2x9x1xf64>,
    %scale64: f64,
    %bias64: tensor<2x2x1x9xf64>,
    %mask: tensor<1x2x3x9xi1>,
    %rows: tensor<2xi32>,
    %keys: tensor<2xi32>,
    %gates64: tensor<2xf64>,
    %tau64: f64)
    -> (tensor<2x2x3x1xf64>, tensor<2x2x3xf64>) {
  %q = arith.truncf %q64 : tensor<2x2x3x5xf64> to tensor<2x2x3x5xf32>
  %k = arith.truncf %k64 : tensor<2x2x9x5xf64> to tensor<2x2x9x5xf32>
  %v = arith.truncf %v64 : tensor<2x2x9x1xf64> to tensor<2x2x9x1xf32>
  %scale = arith.truncf %scale64 : f64 to f32
  %bias = arith.truncf %bias64 : tensor<2x2x1x9xf64> to tensor<2x2x1x9xf32>
  %gates = arith.truncf %gates64 : tensor<2xf64> to tensor<2xf32>
  %tau = arith.truncf %tau64 : f64 to f32
  %out, %lse = theria.sdpa %q, %k, %v
      scale(%scale)
      causal(bottom_right)
      window(6, 0)
      softcap(2.0)
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
      : (tensor<2x2x3x5xf32>, tensor<2x2x9x5xf32>, tensor<2x2x9x1xf32>, f32, tensor<2x2x1x9xf32>, tensor<1x2x3x9xi1>, tensor<2xi32>, tensor<2xi32>, tensor<2xf32>, f32)
      -> (tensor<2x2x3x1xf32>, tensor<2x2x3xf32>)
  %out64 = arith.extf %out : tensor<2x2x3x1xf32> to tensor<2x2x3x1xf64>
  %lse64 = arith.extf %lse : tensor<2x2x3xf32> to tensor<2x2x3xf64>
  return %out64, %lse64 : tensor<2x2x3x1xf64>, tensor<2x2x3xf64>
}
