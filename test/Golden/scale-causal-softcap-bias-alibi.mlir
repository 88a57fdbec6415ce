// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-1x4x5x3.npy --input=@inputs/k-1x2x7x3.npy --input=@inputs/v-1x2x7x4.npy --input=@inputs/scale-scalar.npy --input=@scale-causal-softcap-bias-alibi/bias-1x1x1x7.npy --input=@scale-causal-softcap-bias-alibi/slopes-4.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@scale-causal-softcap-bias-alibi/forward.0.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-scalar.npy \
// RUN:   --input=@inputs/d0-1x1x1x7.npy --input=@inputs/d0-4.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/forward.0.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/forward.1.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/jvp.2.npy --expect=@scale-causal-softcap-bias-alibi/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --expect=@scale-causal-softcap-bias-alibi/forward.0.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/forward.1.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/vjp.2.npy --expect=@scale-causal-softcap-bias-alibi/vjp.3.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/vjp.4.npy --expect=@scale-causal-softcap-bias-alibi/vjp.5.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/vjp.6.npy --expect=@scale-causal-softcap-bias-alibi/vjp.7.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-scalar.npy --input=@inputs/d0-1x1x1x7.npy \
// RUN:   --input=@inputs/d0-4.npy --expect=@scale-causal-softcap-bias-alibi/hvp.0.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/hvp.1.npy --expect=@scale-causal-softcap-bias-alibi/hvp.2.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/hvp.3.npy --expect=@scale-causal-softcap-bias-alibi/hvp.4.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/hvp.5.npy
// RUN: %{run} --derive=vjp,hvp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d1-1x4x5x4.npy --input=@inputs/d1-1x4x5.npy \
// RUN:   --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy \
// RUN:   --input=@inputs/d0-scalar.npy --input=@inputs/d0-1x1x1x7.npy --input=@inputs/d0-4.npy \
// RUN:   --input=@inputs/d1-1x4x5x3.npy --input=@inputs/d1-1x2x7x3.npy --input=@inputs/d1-1x2x7x4.npy \
// RUN:   --input=@inputs/d1-scalar.npy --input=@inputs/d1-1x1x1x7.npy --input=@inputs/d1-4.npy \
// RUN:   --input=@inputs/d2-1x4x5x4.npy --input=@inputs/d2-1x4x5.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/vjp-hvp.0.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/vjp-hvp.1.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/vjp-hvp.2.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/vjp-hvp.3.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/vjp-hvp.4.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/vjp-hvp.5.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/vjp-hvp.6.npy \
// RUN:   --expect=@scale-causal-softcap-bias-alibi/vjp-hvp.7.npy

func.func @attention(
    %q: tensor<1x4x5x3xf64>,
    %k: tensor<1x2x7x3xf64>,
    %v: tensor<1x2x7x4xf64>,
    %scale: f64,
    %bias: tensor<1x1x1x7xf64>,
    %slopes: tensor<4xf64>)
    -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      scale(%scale)
      causal
      softcap(3.0)
      bias(%bias)
      score(%slopes) {
      ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
        %slope = tensor.extract %slopes[%h] : tensor<4xf64>
        %gap = arith.subi %i, %j : index
        %far = math.absi %gap : index
        %int = arith.index_cast %far : index to i64
        %distance = arith.sitofp %int : i64 to f64
        %penalty = arith.mulf %slope, %distance : f64
        %t = arith.subf %s, %penalty : f64
        theria.yield %t : f64
      }
      : (tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>, f64, tensor<1x1x1x7xf64>, tensor<4xf64>)
      -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>)
  return %out, %lse : tensor<1x4x5x4xf64>, tensor<1x4x5xf64>
}
