// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x2x3x5.npy --input=@inputs/k-2x2x9x5.npy --input=@inputs/v-2x2x9x1.npy --input=@score-temperature/tau-scalar.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@score-temperature/forward.0.npy \
// RUN:   --expect=@score-temperature/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x2x3x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x5.npy --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy \
// RUN:   --expect=@score-temperature/forward.0.npy --expect=@score-temperature/forward.1.npy \
// RUN:   --expect=@score-temperature/jvp.2.npy --expect=@score-temperature/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --expect=@score-temperature/forward.0.npy \
// RUN:   --expect=@score-temperature/forward.1.npy --expect=@score-temperature/vjp.2.npy \
// RUN:   --expect=@score-temperature/vjp.3.npy --expect=@score-temperature/vjp.4.npy \
// RUN:   --expect=@score-temperature/vjp.5.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --input=@inputs/d0-2x2x3x5.npy --input=@inputs/d0-2x2x9x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy --expect=@score-temperature/hvp.0.npy \
// RUN:   --expect=@score-temperature/hvp.1.npy --expect=@score-temperature/hvp.2.npy \
// RUN:   --expect=@score-temperature/hvp.3.npy
// RUN: %{run} --derive=hvp,jvp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-2x2x3x1.npy \
// RUN:   --input=@inputs/d0-2x2x3.npy --input=@inputs/d0-2x2x3x5.npy --input=@inputs/d0-2x2x9x5.npy \
// RUN:   --input=@inputs/d0-2x2x9x1.npy --input=@inputs/d0-scalar.npy --input=@inputs/d1-2x2x3x5.npy \
// RUN:   --input=@inputs/d1-2x2x9x5.npy --input=@inputs/d1-2x2x9x1.npy --input=@inputs/d1-scalar.npy \
// RUN:   --input=@inputs/d1-2x2x3x1.npy --input=@inputs/d1-2x2x3.npy --input=@inputs/d2-2x2x3x5.npy \
// RUN:   --input=@inputs/d2-2x2x9x5.npy --input=@inputs/d2-2x2x9x1.npy --input=@inputs/d2-scalar.npy \
// RUN:   --expect=@score-temperature/hvp.0.npy --expect=@score-temperature/hvp.1.npy \
// RUN:   --expect=@score-temperature/hvp.2.npy --expect=@score-temperature/hvp.3.npy \
// RUN:   --expect=@score-temperature/hvp-jvp.4.npy --expect=@score-temperature/hvp-jvp.5.npy \
// RUN:   --expect=@score-temperature/hvp-jvp.6.npy --expect=@score-temperature/hvp-jvp.7.npy

func.func @attention(
    %q: tensor<2x2x3x5xf64>,
    %k: tensor<2x2x9x5xf64>,
    %v: tensor<2x2x9x1xf64>,
    %tau: f64)
    -> (tensor<2x2x3x1xf64>, tensor<2x2x3xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      score(%tau) {
      ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
        %cold = arith.negf %tau : f64
        %factor = math.exp %cold : f64
        %t = arith.mulf %s, %factor : f64
        theria.yield %t : f64
      }
      : (tensor<2x2x3x5xf64>, tensor<2x2x9x5xf64>, tensor<2x2x9x1xf64>, f64)
      -> (tensor<2x2x3x1xf64>, tensor<2x2x3xf64>)
  return %out, %lse : tensor<2x2x3x1xf64>, tensor<2x2x3xf64>
}
