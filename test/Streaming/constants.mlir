// Pair constants, of one value or of many, are streamed where they are read, within a loop too.
// RUN: theria-run %s --input=3 --fill=ones --tile=1x2 | FileCheck %s
// RUN: theria-run %s --input=3 --fill=ones --path=reference | FileCheck %s

// 3 · (1 + 2 + 3), 3 · (4 + 5 + 7); 3 · (6 + 6), 3 · (6 + 15); once more outside.
// CHECK: result 0: tensor<2x2xf32>, values 18, 18, 48, 48
// CHECK: result 1: tensor<2x2xf32>, values 36, 36, 63, 63
// CHECK: result 2: tensor<2x2xf32>, values 6, 6, 15, 15
!pair = tensor<2x3xf32, #theria.pair<rows = 0, cols = 1>>
!out = tensor<2x2xf32>
func.func @f(%n: index, %v: tensor<3x2xf32>) -> (!out, !out, !out) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant dense<0.0> : !out
  %many = arith.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : !pair
  %one = arith.constant dense<2.0> : !pair
  %sums:2 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %zero, %b = %zero) -> (!out, !out) {
    %within = arith.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]> : !pair
    %x = theria.einsum "ij,jd->id" %within, %v : (!pair, tensor<3x2xf32>) -> !out
    %y = theria.einsum "ij,jd->id" %one, %v : (!pair, tensor<3x2xf32>) -> !out
    %c = arith.addf %a, %x : !out
    %z = theria.einsum "ij,jd->id" %many, %v : (!pair, tensor<3x2xf32>) -> !out
    %w = arith.addf %y, %z : !out
    %d = arith.addf %b, %w : !out
    scf.yield %c, %d : !out, !out
  }
  %once = theria.einsum "ij,jd->id" %many, %v : (!pair, tensor<3x2xf32>) -> !out
  return %sums#0, %sums#1, %once : !out, !out, !out
}
