// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-1x4x5x3.npy --input=@inputs/k-1x2x7x3.npy --input=@inputs/v-1x2x7x4.npy --input=@causal-log-distance/slopes-4.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@causal-log-distance/forward.0.npy \
// RUN:   --expect=@causal-log-distance/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-4.npy \
// RUN:   --expect=@causal-log-distance/forward.0.npy --expect=@causal-log-distance/forward.1.npy \
// RUN:   --expect=@causal-log-distance/jvp.2.npy --expect=@causal-log-distance/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --expect=@causal-log-distance/forward.0.npy \
// RUN:   --expect=@causal-log-distance/forward.1.npy --expect=@causal-log-distance/vjp.2.npy \
// RUN:   --expect=@causal-log-distance/vjp.3.npy --expect=@causal-log-distance/vjp.4.npy \
// RUN:   --expect=@causal-log-distance/vjp.5.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-4.npy --expect=@causal-log-distance/hvp.0.npy \
// RUN:   --expect=@causal-log-distance/hvp.1.npy --expect=@causal-log-distance/hvp.2.npy \
// RUN:   --expect=@causal-log-distance/hvp.3.npy
// RUN: %{run} --derive=hvp,vjp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-4.npy --input=@inputs/d1-1x4x5x3.npy \
// RUN:   --input=@inputs/d1-1x2x7x3.npy --input=@inputs/d1-1x2x7x4.npy --input=@inputs/d1-4.npy \
// RUN:   --expect=@causal-log-distance/hvp.0.npy --expect=@causal-log-distance/hvp.1.npy \
// RUN:   --expect=@causal-log-distance/hvp.2.npy --expect=@causal-log-distance/hvp.3.npy \
// RUN:   --expect=@causal-log-distance/hvp-vjp.4.npy --expect=@causal-log-distance/hvp-vjp.5.npy \
// RUN:   --expect=@causal-log-distance/hvp-vjp.6.npy --expect=@causal-log-distance/hvp-vjp.7.npy \
// RUN:   --expect=@causal-log-distance/hvp-vjp.8.npy --expect=@causal-log-distance/hvp-vjp.9.npy \
// RUN:   --expect=@causal-log-distance/hvp-vjp.10.npy --expect=@causal-log-distance/hvp-vjp.11.npy \
// RUN:   --expect=@causal-log-distance/hvp-vjp.12.npy --expect=@causal-log-distance/hvp-vjp.13.npy

func.func @attention(
    %q: tensor<1x4x5x3xf64>,
    %k: tensor<1x2x7x3xf64>,
    %v: tensor<1x2x7x4xf64>,
    %slopes: tensor<4xf64>)
    -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      causal
      score(%slopes) {
      ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
        %slope = tensor.extract %slopes[%h] : tensor<4xf64>
        %gap = arith.subi %i, %j : index
        %one = arith.constant 1 : index
        %next = arith.addi %gap, %one : index
        %int = arith.index_cast %next : index to i64
        %distance = arith.sitofp %int : i64 to f64
        %log = math.log %distance : f64
        %penalty = arith.mulf %slope, %log : f64
        %t = arith.subf %s, %penalty : f64
        theria.yield %t : f64
      }
      : (tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>, tensor<4xf64>)
      -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>)
  return %out, %lse : tensor<1x4x5x4xf64>, tensor<1x4x5xf64>
}
