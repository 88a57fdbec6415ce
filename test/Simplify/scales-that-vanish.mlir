// RUN: theria-opt %s --theria-simplify | FileCheck %s
// Constants that are no zeros do not become one: 10⁻³⁰·10⁻²⁰ is 0 in f32, but p·10⁻³⁰·10⁻²⁰·x need not be.

// CHECK-LABEL: @tiny_and_small
// CHECK: %[[D:.*]] = arith.subf %arg1,
// CHECK: %[[PD:.*]] = arith.mulf %[[D]], %arg0
// CHECK: arith.mulf %[[PD]],
func.func @tiny_and_small(%p: tensor<5x2xf32>, %a: tensor<5x2xf32>, %c: tensor<5xf32>, %x: tensor<2x7xf32>) -> (tensor<5x7xf32>, tensor<5x7xf32>) {
  %tiny = arith.constant dense<1.0e-30> : tensor<5x2xf32>
  %small = arith.constant dense<1.0e-20> : tensor<5x2xf32>
  %o = theria.einsum "ij,jd->id" %p, %x : (tensor<5x2xf32>, tensor<2x7xf32>) -> tensor<5x7xf32>
  %b = theria.einsum "i->ij" %c : (tensor<5xf32>) -> tensor<5x2xf32>
  %d = arith.subf %a, %b : tensor<5x2xf32>
  %pd = arith.mulf %d, %p : tensor<5x2xf32>
  %s = arith.mulf %pd, %tiny : tensor<5x2xf32>
  %t = arith.mulf %s, %small : tensor<5x2xf32>
  %r = theria.einsum "ij,jd->id" %t, %x : (tensor<5x2xf32>, tensor<2x7xf32>) -> tensor<5x7xf32>
  return %r, %o : tensor<5x7xf32>, tensor<5x7xf32>
}
