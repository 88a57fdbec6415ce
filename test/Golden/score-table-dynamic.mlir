// Values and derivatives against an independent implementation, dynamic shapes.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-1x4x5x3.npy --input=@inputs/k-1x2x7x3.npy --input=@inputs/v-1x2x7x4.npy --input=@score-table/table-11.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@score-table/forward.0.npy \
// RUN:   --expect=@score-table/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x3.npy --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-11.npy \
// RUN:   --expect=@score-table/forward.0.npy --expect=@score-table/forward.1.npy --expect=@score-table/jvp.2.npy \
// RUN:   --expect=@score-table/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --expect=@score-table/forward.0.npy --expect=@score-table/forward.1.npy \
// RUN:   --expect=@score-table/vjp.2.npy --expect=@score-table/vjp.3.npy --expect=@score-table/vjp.4.npy \
// RUN:   --expect=@score-table/vjp.5.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-1x4x5x4.npy \
// RUN:   --input=@inputs/d0-1x4x5.npy --input=@inputs/d0-1x4x5x3.npy --input=@inputs/d0-1x2x7x3.npy \
// RUN:   --input=@inputs/d0-1x2x7x4.npy --input=@inputs/d0-11.npy --expect=@score-table/hvp.0.npy \
// RUN:   --expect=@score-table/hvp.1.npy --expect=@score-table/hvp.2.npy --expect=@score-table/hvp.3.npy

func.func @attention(
    %q: tensor<1x4x?x3xf64>,
    %k: tensor<1x2x7x3xf64>,
    %v: tensor<1x2x7x4xf64>,
    %table: tensor<11xf64>)
    -> (tensor<1x4x?x4xf64>, tensor<1x4x?xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      score(%table) {
      ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
        %gap = arith.subi %j, %i : index
        %last = arith.constant 4 : index
        %place = arith.addi %gap, %last : index
        %entry = tensor.extract %table[%place] : tensor<11xf64>
        %t = arith.addf %s, %entry : f64
        theria.yield %t : f64
      }
      : (tensor<1x4x?x3xf64>, tensor<1x2x7x3xf64>, tensor<1x2x7x4xf64>, tensor<11xf64>)
      -> (tensor<1x4x?x4xf64>, tensor<1x4x?xf64>)
  return %out, %lse : tensor<1x4x?x4xf64>, tensor<1x4x?xf64>
}
