// Sizes that a program leaves open must agree where an operation of the language needs it.
// RUN: python3 %S/Inputs/errors.py %s
// RUN: theria-opt %s --theria-check-language | FileCheck %s

// labels(2) runs, labels(3): error: expected one size for label 'j', but found 2 in operand 0 and 3 in operand 1; give arrays whose sizes agree
// fixed(2) runs, fixed(3): error: expected one size for label 'i', but found 3 in operand 0 and 2 in the result
// mask(2) runs, mask(3): error: expected one size for label 'j', but found 2 in operand 0 and 3 in the mask
// new(2) runs, new(3): error: expected one size for label 'j', but found 2 in the mask and 3 in the result
// reduction(2) runs, reduction(3): error: expected operands of one shape, but found sizes 2 and 3 in dim 0
// gather(2) runs, gather(3): error: expected operands of one shape, but found sizes 2 and 3 in dim 0

func.func @labels(%n: index) -> tensor<2x4xf32> {
  %a = arith.constant dense<1.0> : tensor<2x2xf32>
  %b = tensor.generate %n {
  ^bb0(%i: index, %k: index):
    %one = arith.constant 1.0 : f32
    tensor.yield %one : f32
  } : tensor<?x4xf32>
  %r = theria.einsum "ij,jk->ik" %a, %b : (tensor<2x2xf32>, tensor<?x4xf32>) -> tensor<2x4xf32>
  return %r : tensor<2x4xf32>
}
func.func @fixed(%n: index) -> tensor<2xf32> {
  %one = arith.constant 1.0 : f32
  %a = tensor.splat %one[%n] : tensor<?xf32>
  %r = theria.einsum "i->i" %a : (tensor<?xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}
func.func @mask(%n: index) -> tensor<f32> {
  %a = arith.constant dense<1.0> : tensor<2xf32>
  %true = arith.constant true
  %m = tensor.splat %true[%n] : tensor<?xi1>
  %r = theria.einsum "j->" %a where "j" %m : (tensor<2xf32>, tensor<?xi1>) -> tensor<f32>
  return %r : tensor<f32>
}
func.func @new(%n: index) -> tensor<?xf32> {
  %a = arith.constant dense<1.0> : tensor<f32>
  %m = arith.constant dense<true> : tensor<2xi1>
  %r = theria.einsum "->j" %a where "j" %m sizes(%n) : (tensor<f32>, tensor<2xi1>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
func.func @reduction(%n: index) -> tensor<f32> {
  %one = arith.constant 1.0 : f32
  %true = arith.constant true
  %c2 = arith.constant 2 : index
  %a = tensor.splat %one[%c2] : tensor<?xf32>
  %m = tensor.splat %true[%n] : tensor<?xi1>
  %r = theria.logsumexp %a dim = 0 where %m : (tensor<?xf32>, tensor<?xi1>) -> tensor<f32>
  return %r : tensor<f32>
}
func.func @gather(%n: index) -> tensor<?xf32> {
  %t = arith.constant dense<1.0> : tensor<4x4xf32>
  %c0 = arith.constant 0 : i32
  %c2 = arith.constant 2 : index
  %i = tensor.splat %c0[%c2] : tensor<?xi32>
  %j = tensor.splat %c0[%n] : tensor<?xi32>
  %r = theria.gather %t[%i, %j] : (tensor<4x4xf32>, tensor<?xi32>, tensor<?xi32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// What holds by the types needs no check.
// CHECK-LABEL: @static
// CHECK-NOT: theria.check
// CHECK: return
func.func @static(%a: tensor<2x3xf32>, %b: tensor<3x4xf32>) -> tensor<2x4xf32> {
  %r = theria.einsum "ij,jk->ik" %a, %b : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
  return %r : tensor<2x4xf32>
}
