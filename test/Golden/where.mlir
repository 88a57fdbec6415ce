// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-1x4x5x3.npy --input=@inputs/k-1x2x7x3.npy --input=@inputs/v-1x2x7x4.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@where/forward.0.npy --expect=@where/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy --expect=@where/forward.0.npy \
// RUN:   --expect=@where/forward.1.npy --expect=@where/jvp.2.npy --expect=@where/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --expect=@where/forward.0.npy --expect=@where/forward.1.npy \
// RUN:   --expect=@where/vjp.2.npy --expect=@where/vjp.3.npy --expect=@where/vjp.4.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --expect=@where/hvp.0.npy --expect=@where/hvp.1.npy \
// RUN:   --expect=@where/hvp.2.npy
// RUN: %{run} --derive=vjp,hvp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d1-1x4x5x4.npy --input=@inputs/d1-1x4x5.npy \
// RUN:   --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy \
// RUN:   --input=@inputs/d1-1x4x5x3.npy --input=@inputs/d1-1x2x7x3.npy --input=@inputs/d1-1x2x7x4.npy \
// RUN:   --input=@inputs/d2-1x4x5x4.npy --input=@inputs/d2-1x4x5.npy --expect=@where/vjp-hvp.0.npy \
// RUN:   --expect=@where/vjp-hvp.1.npy --expect=@where/vjp-hvp.2.npy --expect=@where/vjp-hvp.3.npy \
// RUN:   --expect=@where/vjp-hvp.4.npy

func.func @attention(
    %q: tensor<1x4x5x3xf64>,
    %k: tensor<1x2x7x3xf64>,
    %v: tensor<1x2x7x4xf64>)
    -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
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
      : (tensor<1x4x5x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>)
      -> (tensor<1x4x5x4xf64>, tensor<1x4x5xf64>)
  return %out, %lse : tensor<1x4x5x4xf64>, tensor<1x4x5xf64>
}
