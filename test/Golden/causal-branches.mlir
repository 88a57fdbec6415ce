// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-1x4x5x3.npy --input=@inputs/k-1x2x7x3.npy --input=@inputs/v-1x2x7x4.npy --input=@causal-branches/slopes-4.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@causal-branches/forward.0.npy \
// RUN:   --expect=@causal-branches/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-4.npy \
// RUN:   --expect=@causal-branches/forward.0.npy --expect=@causal-branches/forward.1.npy \
// RUN:   --expect=@causal-branches/jvp.2.npy --expect=@causal-branches/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --expect=@causal-branches/forward.0.npy \
// RUN:   --expect=@causal-branches/forward.1.npy --expect=@causal-branches/vjp.2.npy \
// RUN:   --expect=@causal-branches/vjp.3.npy --expect=@causal-branches/vjp.4.npy \
// RUN:   --expect=@causal-branches/vjp.5.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-4.npy --expect=@causal-branches/hvp.0.npy \
// RUN:   --expect=@causal-branches/hvp.1.npy --expect=@causal-branches/hvp.2.npy \
// RUN:   --expect=@causal-branches/hvp.3.npy
// RUN: %{run} --derive=vjp,jvp,vjp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-4.npy --input=@inputs/d1-1x4x5x4.npy \
// RUN:   --input=@inputs/d1-1x4x5.npy --input=@inputs/d2-1x4x5x4.npy --input=@inputs/d2-1x4x5.npy \
// RUN:   --input=@inputs/d1-1x4x5x3.npy --input=@inputs/d1-1x2x7x3.npy --input=@inputs/d1-1x2x7x4.npy \
// RUN:   --input=@inputs/d1-4.npy --input=@inputs/d3-1x4x5x4.npy --input=@inputs/d3-1x4x5.npy \
// RUN:   --input=@inputs/d2-1x4x5x3.npy --input=@inputs/d2-1x2x7x3.npy --input=@inputs/d2-1x2x7x4.npy \
// RUN:   --input=@inputs/d2-4.npy --expect=@causal-branches/forward.0.npy --expect=@causal-branches/forward.1.npy \
// RUN:   --expect=@causal-branches/vjp.2.npy --expect=@causal-branches/vjp.3.npy \
// RUN:   --expect=@causal-branches/vjp.4.npy --expect=@causal-branches/vjp.5.npy \
// RUN:   --expect=@causal-branches/jvp.2.npy --expect=@causal-branches/jvp.3.npy \
// RUN:   --expect=@causal-branches/vjp-jvp-vjp.8.npy --expect=@causal-branches/vjp-jvp-vjp.9.npy \
// RUN:   --expect=@causal-branches/vjp-jvp-vjp.10.npy --expect=@causal-branches/vjp-jvp-vjp.11.npy \
// RUN:   --expect=@causal-branches/vjp-jvp-vjp.12.npy --expect=@causal-branches/vjp-jvp-vjp.13.npy \
// RUN:   --expect=@causal-branches/vjp-jvp-vjp.14.npy --expect=@causal-branches/vjp-jvp-vjp.15.npy \
// RUN:   --expect=@causal-branches/vjp-jvp-vjp.16.npy --expect=@causal-branches/vjp-jvp-vjp.17.npy \
// RUN:   --expect=@causal-branches/vjp-jvp-vjp.18.npy --expect=@causal-branches/vjp-jvp-vjp.19.npy \
// RUN:   --expect=@causal-branches/vjp-jvp-vjp.20.npy --expect=@causal-branches/vjp-jvp-vjp.21.npy \
// RUN:   --expect=@causal-branches/vjp-jvp-vjp.22.npy --expect=@causal-branches/vjp-jvp-vjp.23.npy

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
        %zero = arith.constant 0.0 : f64
        %positive = arith.cmpf ogt, %s, %zero : f64
        %bent = scf.if %positive -> (f64) {
          %quarter = arith.constant 0.25 : f64
          %sum = arith.addf %s, %quarter : f64
          %root = math.sqrt %sum : f64
          scf.yield %root : f64
        } else {
          scf.yield %s : f64
        }
        %slope = tensor.extract %slopes[%h] : tensor<4xf64>
        %one = arith.constant 1 : index
        %gap = arith.subi %i, %j : index
        %next = arith.addi %gap, %one : index
        %rest = arith.remsi %i, %next : index
        %int = arith.index_cast %rest : index to i64
        %float = arith.sitofp %int : i64 to f64
        %term = arith.mulf %slope, %float : f64
        %t = arith.addf %bent, %term : f64
        theria.yield %t : f64
      }
      : (tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>, tensor<4xf64>)
      -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>)
  return %out, %lse : tensor<1x4x5x4xf64>, tensor<1x4x5xf64>
}
