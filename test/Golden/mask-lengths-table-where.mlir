// Values and derivatives against an independent implementation.
// Written by make_golden.py.

// RUN: cd %root/test/Golden/values
// DEFINE: %{run} = theria-run %s --function=attention
// DEFINE: %{x} = --input=@inputs/q-2x3x7x3.npy --input=@inputs/k-2x1x5x3.npy --input=@inputs/v-2x1x5x2.npy --input=@mask-lengths-table-where/mask-2x1x7x1.npy --input=@mask-lengths-table-where/rows-2.npy --input=@mask-lengths-table-where/keys-2.npy --input=@mask-lengths-table-where/table-11.npy
// RUN: %{run} --rtol=1.11e-14 --atol=1.11e-14 %{x} --expect=@mask-lengths-table-where/forward.0.npy \
// RUN:   --expect=@mask-lengths-table-where/forward.1.npy
// RUN: %{run} --derive=jvp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x3.npy --input=@inputs/d0-2x1x5x2.npy --input=@inputs/d0-11.npy \
// RUN:   --expect=@mask-lengths-table-where/forward.0.npy --expect=@mask-lengths-table-where/forward.1.npy \
// RUN:   --expect=@mask-lengths-table-where/jvp.2.npy --expect=@mask-lengths-table-where/jvp.3.npy
// RUN: %{run} --derive=vjp --rtol=1.11e-14 --atol=1.11e-13 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --expect=@mask-lengths-table-where/forward.0.npy \
// RUN:   --expect=@mask-lengths-table-where/forward.1.npy --expect=@mask-lengths-table-where/vjp.2.npy \
// RUN:   --expect=@mask-lengths-table-where/vjp.3.npy --expect=@mask-lengths-table-where/vjp.4.npy \
// RUN:   --expect=@mask-lengths-table-where/vjp.5.npy
// RUN: %{run} --derive=hvp --rtol=1.11e-14 --atol=1.11e-12 %{x} --input=@inputs/d0-2x3x7x2.npy \
// RUN:   --input=@inputs/d0-2x3x7.npy --input=@inputs/d0-2x3x7x3.npy --input=@inputs/d0-2x1x5x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x2.npy --input=@inputs/d0-11.npy --expect=@mask-lengths-table-where/hvp.0.npy \
// RUN:   --expect=@mask-lengths-table-where/hvp.1.npy --expect=@mask-lengths-table-where/hvp.2.npy \
// RUN:   --expect=@mask-lengths-table-where/hvp.3.npy
// RUN: %{run} --derive=jvp,jvp,jvp --rtol=1.11e-14 --atol=1.11e-11 %{x} --input=@inputs/d0-2x3x7x3.npy \
// RUN:   --input=@inputs/d0-2x1x5x3.npy --input=@inputs/d0-2x1x5x2.npy --input=@inputs/d0-11.npy \
// RUN:   --input=@inputs/d1-2x3x7x3.npy --input=@inputs/d1-2x1x5x3.npy --input=@inputs/d1-2x1x5x2.npy \
// RUN:   --input=@inputs/d1-11.npy --input=@inputs/d2-2x3x7x3.npy --input=@inputs/d2-2x1x5x3.npy \
// RUN:   --input=@inputs/d2-2x1x5x2.npy --input=@inputs/d2-11.npy --input=@inputs/d3-2x3x7x3.npy \
// RUN:   --input=@inputs/d3-2x1x5x3.npy --input=@inputs/d3-2x1x5x2.npy --input=@inputs/d3-11.npy \
// RUN:   --input=@inputs/d4-2x3x7x3.npy --input=@inputs/d4-2x1x5x3.npy --input=@inputs/d4-2x1x5x2.npy \
// RUN:   --input=@inputs/d4-11.npy --input=@inputs/d5-2x3x7x3.npy --input=@inputs/d5-2x1x5x3.npy \
// RUN:   --input=@inputs/d5-2x1x5x2.npy --input=@inputs/d5-11.npy --input=@inputs/d6-2x3x7x3.npy \
// RUN:   --input=@inputs/d6-2x1x5x3.npy --input=@inputs/d6-2x1x5x2.npy --input=@inputs/d6-11.npy \
// RUN:   --expect=@mask-lengths-table-where/forward.0.npy --expect=@mask-lengths-table-where/forward.1.npy \
// RUN:   --expect=@mask-lengths-table-where/jvp.2.npy --expect=@mask-lengths-table-where/jvp.3.npy \
// RUN:   --expect=@mask-lengths-table-where/jvp-jvp-jvp.4.npy \
// RUN:   --expect=@mask-lengths-table-where/jvp-jvp-jvp.5.npy \
// RUN:   --expect=@mask-lengths-table-where/jvp-jvp-jvp.6.npy \
// RUN:   --expect=@mask-lengths-table-where/jvp-jvp-jvp.7.npy \
// RUN:   --expect=@mask-lengths-table-where/jvp-jvp-jvp.8.npy \
// RUN:   --expect=@mask-lengths-table-where/jvp-jvp-jvp.9.npy \
// RUN:   --expect=@mask-lengths-table-where/jvp-jvp-jvp.10.npy \
// RUN:   --expect=@mask-lengths-table-where/jvp-jvp-jvp.11.npy \
// RUN:   --expect=@mask-lengths-table-where/jvp-jvp-jvp.12.npy \
// RUN:   --expect=@mask-lengths-table-where/jvp-jvp-jvp.13.npy \
// RUN:   --expect=@mask-lengths-table-where/jvp-jvp-jvp.14.npy \
// RUN:   --expect=@mask-lengths-table-where/jvp-jvp-jvp.15.npy

func.func @attention(
    %q: tensor<2x3x7x3xf64>,
    %k: tensor<2x1x5x3xf64>,
    %v: tensor<2x1x5x2xf64>,
    %mask: tensor<2x1x7x1xi1>,
    %rows: tensor<2xi32>,
    %keys: tensor<2xi32>,
    %table: tensor<11xf64>)
    -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>) {
  %out, %lse = theria.sdpa %q, %k, %v
      mask(%mask)
      lengths(%rows, %keys)
      score(%table) {
      ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
        %gap = arith.subi %j, %i : index
        %last = arith.constant 6 : index
        %place = arith.addi %gap, %last : index
        %entry = tensor.extract %table[%place] : tensor<11xf64>
        %t = arith.addf %s, %entry : f64
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
      : (tensor<2x3x7x3xf64>, tensor<2x1x5x3xf64>, tensor<2x1x5x2xf64>, tensor<2x1x7x1xi1>, tensor<2xi32>, tensor<2xi32>, tensor<11xf64>)
      -> (tensor<2x3x7x2xf64>, tensor<2x3x7xf64>)
  return %out, %lse : tensor<2x3x7x2xf64>, tensor<2x3x7xf64>
}
