// Nothing read outside the live pairs: NaN and infinity everywhere else, dynamic shapes.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@every-mask/q-2x2x3x5.npy --input=@every-mask/k-2x2x9x5.npy --input=@every-mask/v-2x2x9x1.npy --input=@inputs/scale-scalar.npy --input=@every-mask/bias-2x1x3x9.npy --input=@every-mask/mask-1x2x1x9.npy --input=@every-mask/rows-2.npy --input=@every-mask/keys-2.npy --input=@every-mask/gates-2.npy --input=@every-mask/tau-scalar.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@every-mask/forward.0.npy \
// RUN:   --expect=@every-mask/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@every-mask/q-d0-2x2x3x5.npy \
// RUN:   --input=@every-mask/k-d0-2x2x9x5.npy --input=@every-mask/v-d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy \
// RUN:   --input=@every-mask/bias-d0-2x1x3x9.npy --input=@inputs/d0-2.npy --input=@inputs/d1-scalar.npy \
// RUN:   --expect=@every-mask/forward.0.npy --expect=@every-mask/forward.1.npy --expect=@every-mask/jvp.2.npy \
// RUN:   --expect=@every-mask/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@every-mask/out-d0-2x2x3x1.npy \
// RUN:   --input=@every-mask/lse-d0-2x2x3.npy --expect=@every-mask/forward.0.npy \
// RUN:   --expect=@every-mask/forward.1.npy --expect=@every-mask/vjp.2.npy --expect=@every-mask/vjp.3.npy \
// RUN:   --expect=@every-mask/vjp.4.npy --expect=@every-mask/vjp.5.npy --expect=@every-mask/vjp.6.npy \
// RUN:   --expect=@every-mask/vjp.7.npy --expect=@every-mask/vjp.8.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@every-mask/out-d0-2x2x3x1.npy \
// RUN:   --input=@every-mask/lse-d0-2x2x3.npy --input=@every-mask/q-d0-2x2x3x5.npy \
// RUN:   --input=@every-mask/k-d0-2x2x9x5.npy --input=@every-mask/v-d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy \
// RUN:   --input=@every-mask/bias-d0-2x1x3x9.npy --input=@inputs/d0-2.npy --input=@inputs/d1-scalar.npy \
// RUN:   --expect=@every-mask/hvp.0.npy --expect=@every-mask/hvp.1.npy --expect=@every-mask/hvp.2.npy \
// RUN:   --expect=@every-mask/hvp.3.npy --expect=@every-mask/hvp.4.npy --expect=@every-mask/hvp.5.npy \
// RUN:   --expect=@every-mask/hvp.6.npy

func.func @attention(
    %q: tensor<?x2x3x5xf64>,
    %k: tensor<?x2x?x5xf64>,
    %v: tensor<?x2x?x1xf64>,
    %scale: f64,
    %bias: tensor<?x1x3x?xf64>,
    %mask: tensor<1x2x1x?xi1>,
    %rows: tensor<?xi32>,
    %keys: tensor<?xi32>,
    %gates: tensor<2xf64>,
    %tau: f64)
    -> (tensor<?x2x3x1xf64>, tensor<?x2x3xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      scale(%scale)
      causal(bottom_right)
      window(4, 0)
      bias(%bias)
      mask(%mask)
      lengths(%rows, %keys)
      score(%gates, %tau) {
      ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
        %gate = tensor.extract %gates[%h] : tensor<2xf64>
        %cold = arith.negf %tau : f64
        %factor = math.exp %cold : f64
        %scaled = arith.mulf %s, %factor : f64
        %e = math.exp %scaled : f64
        %soft = math.log1p %e : f64
        %curve = arith.mulf %gate, %soft : f64
        %t = arith.addf %s, %curve : f64
        theria.yield %t : f64
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
      : (tensor<?x2x3x5xf64>, tensor<?x2x?x5xf64>, tensor<?x2x?x1xf64>, f64, tensor<?x1x3x?xf64>, tensor<1x2x1x?xi1>, tensor<?xi32>, tensor<?xi32>, tensor<2xf64>, f64)
      -> (tensor<?x2x3x1xf64>, tensor<?x2x3xf64>)
  return %out, %lse : tensor<?x2x3x1xf64>, tensor<?x2x3xf64>
}
