// Values and derivatives against an independent implementation, dynamic shapes.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x2x3x5.npy --input=@inputs/k-2x2x9x5.npy --input=@inputs/v-2x2x9x1.npy --input=@inputs/scale-scalar.npy --input=@everything/bias-2x2x1x9.npy --input=@everything/mask-1x2x3x9.npy --input=@everything/rows-2.npy --input=@everything/keys-2.npy --input=@everything/gates-2.npy --input=@everything/tau-scalar.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@everything/forward.0.npy \
// RUN:   --expect=@everything/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x2x3x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x5.npy --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy \
// RUN:   --input=@inputs/d0-2x2x1x9.npy --input=@inputs/d0-2.npy --input=@inputs/d1-scalar.npy \
// RUN:   --expect=@everything/forward.0.npy --expect=@everything/forward.1.npy --expect=@everything/jvp.2.npy \
// RUN:   --expect=@everything/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --expect=@everything/forward.0.npy --expect=@everything/forward.1.npy \
// RUN:   --expect=@everything/vjp.2.npy --expect=@everything/vjp.3.npy --expect=@everything/vjp.4.npy \
// RUN:   --expect=@everything/vjp.5.npy --expect=@everything/vjp.6.npy --expect=@everything/vjp.7.npy \
// RUN:   --expect=@everything/vjp.8.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --input=@inputs/d0-2x2x3x5.npy --input=@inputs/d0-2x2x9x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy --input=@inputs/d0-2x2x1x9.npy \
// RUN:   --input=@inputs/d0-2.npy --input=@inputs/d1-scalar.npy --expect=@everything/hvp.0.npy \
// RUN:   --expect=@everything/hvp.1.npy --expect=@everything/hvp.2.npy --expect=@everything/hvp.3.npy \
// RUN:   --expect=@everything/hvp.4.npy --expect=@everything/hvp.5.npy --expect=@everything/hvp.6.npy

func.func @attention(
    %q: tensor<?x?x?x?xf64>,
    %k: tensor<?x?x?x?xf64>,
    %v: tensor<?x?x?x?xf64>,
    %scale: f64,
    %bias: tensor<?x?x1x?xf64>,
    %mask: tensor<1x?x?x?xi1>,
    %rows: tensor<?xi32>,
    %keys: tensor<?xi32>,
    %gates: tensor<2xf64>,
    %tau: f64)
    -> (tensor<?x?x?x?xf64>, tensor<?x?x?xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      scale(%scale)
      causal(bottom_right)
      window(6, 0)
      softcap(2.0)
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
      : (tensor<?x?x?x?xf64>, tensor<?x?x?x?xf64>, tensor<?x?x?x?xf64>, f64, tensor<?x?x1x?xf64>, tensor<1x?x?x?xi1>, tensor<?xi32>, tensor<?xi32>, tensor<2xf64>, f64)
      -> (tensor<?x?x?x?xf64>, tensor<?x?x?xf64>)
  return %out, %lse : tensor<?x?x?x?xf64>, tensor<?x?x?xf64>
}
