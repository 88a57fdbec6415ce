// Attention with every mask by the oracle and on the reference path; and what goes wrong in regions.
// RUN: theria-run %s --function=constants --output=@%t.m.npy --output=@%t.b.npy --output=@%t.n.npy --output=@%t.l.npy
// DEFINE: %{inputs} = --fill=normal:1 --input=_ --input=_ --input=_ --input=@%t.m.npy --input=@%t.b.npy --input=@%t.n.npy --input=@%t.l.npy --input=1
// RUN: theria-run %s --function=masked %{inputs} --path=oracle --output=@%t.out.npy --output=@%t.lse.npy
// RUN: theria-run %s --function=masked %{inputs} --path=reference --rtol=1e-13 --expect=@%t.out.npy --expect=@%t.lse.npy

!q = tensor<2x2x5x3xf64>
!k = tensor<2x1x6x3xf64>
!r = tensor<2x2x5xf64>

func.func @constants() -> (tensor<1x1x5x6xi1>, tensor<1x1x5x6xf64>, tensor<2xi32>, tensor<2xi32>) {
  %m = arith.constant dense<[[[[true, true, true, true, true, false], [true, true, true, true, true, true],
                              [false, true, true, true, true, true], [true, true, false, true, true, true],
                              [true, true, true, true, true, true]]]]> : tensor<1x1x5x6xi1>
  %b = arith.constant dense<[[[[0.5, 1.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0xFFF0000000000000, 0.0, 0.0, 0.0, 0.0],
                              [0.0, 0.0, -1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0],
                              [0.0, 0.0, 0.0, 0.0, 0.0, 0xFFF0000000000000]]]]> : tensor<1x1x5x6xf64>
  %n = arith.constant dense<[5, 3]> : tensor<2xi32>
  %l = arith.constant dense<[6, 4]> : tensor<2xi32>
  return %m, %b, %n, %l : tensor<1x1x5x6xi1>, tensor<1x1x5x6xf64>, tensor<2xi32>, tensor<2xi32>
}

func.func @masked(%q: !q, %k: !k, %v: !k, %mask: tensor<1x1x5x6xi1>, %bias: tensor<1x1x5x6xf64>, %n: tensor<2xi32>, %l: tensor<2xi32>, %not: index) -> (!q, !r) {
  %o, %lse = theria.sdpa %q, %k, %v scale = 0.25 softcap(2.0) bias(%bias) causal(bottom_right) window(3, 1) mask(%mask) lengths(%n, %l) where(%not) {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %live = arith.cmpi ne, %j, %not : index
    theria.yield %live : i1
  } : (!q, !k, !k, tensor<1x1x5x6xf64>, tensor<1x1x5x6xi1>, tensor<2xi32>, tensor<2xi32>, index) -> (!q, !r)
  return %o, %lse : !q, !r
}

// RUN: not theria-run %s --function=scored --fill=ones --path=oracle 2>&1 | FileCheck %s --check-prefix=INDEX
// RUN: not theria-run %s --function=scored --derive=vjp --fill=ones --path=oracle 2>&1 | FileCheck %s --check-prefix=INDEX
// RUN: not theria-run %s --function=scored --derive=vjp,jvp --fill=ones --path=oracle 2>&1 | FileCheck %s --check-prefix=INDEX
// INDEX: sdpa.mlir:[[#@LINE+4]]:{{[0-9]+}}: error: expected an index in dim 0 of a tensor of size 3, but found 3; keep indices inside
func.func @scored(%q: !q, %k: !k, %v: !k, %table: tensor<3xf64>) -> !q {
  %o, %lse = theria.sdpa %q, %k, %v score(%table) {
  ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
    %t = tensor.extract %table[%j] : tensor<3xf64>
    %y = arith.addf %s, %t : f64
    theria.yield %y : f64
  } : (!q, !k, !k, tensor<3xf64>) -> (!q, !r)
  return %o : !q
}

// RUN: not theria-run %s --function=chosen --fill=ones --path=oracle 2>&1 | FileCheck %s --check-prefix=WHERE
// WHERE: sdpa.mlir:[[#@LINE+4]]:{{[0-9]+}}: error: expected a divisor other than 0, but found 0; divide by another
func.func @chosen(%q: !q, %k: !k, %v: !k) -> !q {
  %o, %lse = theria.sdpa %q, %k, %v where {
  ^bb0(%b: index, %h: index, %i: index, %j: index):
    %r = arith.remui %i, %j : index
    %live = arith.cmpi ne, %r, %j : index
    theria.yield %live : i1
  } : (!q, !k, !k) -> (!q, !r)
  return %o : !q
}

// RUN: not theria-run %s --function=biased --fill=ones --input=_ --input=_ --input=_ --input=1x1x5x7xf64=ones --path=oracle 2>&1 | FileCheck %s --check-prefix=BIAS
// BIAS: error: expected operands whose sizes agree with the query's
func.func @biased(%q: !q, %k: !k, %v: !k, %bias: tensor<1x1x5x?xf64>) -> !q {
  %o, %lse = theria.sdpa %q, %k, %v bias(%bias) : (!q, !k, !k, tensor<1x1x5x?xf64>) -> (!q, !r)
  return %o : !q
}
