// The size that padding or concatenation makes fits 63 bits, and is the one that a static result type says.
// RUN: python3 %S/Inputs/errors.py %s

// low(1) runs, low(9223372036854775807): error: expected a padded size of at most 63 bits in dim 0, but found 4 with 9223372036854775807 before and 1 after; pad by less
// both(1) runs, both(9223372036854775807): error: expected a padded size of at most 63 bits in dim 0, but found 4 with 9223372036854775807 before and 9223372036854775807 after
// padded(1) runs, padded(0): error: expected size 6 in dim 0 of a padded tensor, but found 5; give sizes that make the result's type
// sum(3) runs, sum(4): error: expected size 5 in dim 0 of concatenated tensors, but found 6; give sizes that make the result's type
// other(3) runs, other(2): error: expected size 3 in dim 1 of concatenated tensors, but found 2; give sizes that make the result's type

func.func private @ones(%n: index) -> tensor<?xf32> {
  %one = arith.constant 1.0 : f32
  %x = tensor.splat %one[%n] : tensor<?xf32>
  return %x : tensor<?xf32>
}
func.func @low(%n: index) -> tensor<?xf32> {
  %four = arith.constant 4 : index
  %x = call @ones(%four) : (index) -> tensor<?xf32>
  %c = arith.constant 2.0 : f32
  %y = tensor.pad %x low[%n] high[1] {
  ^bb0(%i: index):
    tensor.yield %c : f32
  } : tensor<?xf32> to tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @both(%n: index) -> tensor<?xf32> {
  %four = arith.constant 4 : index
  %x = call @ones(%four) : (index) -> tensor<?xf32>
  %c = arith.constant 2.0 : f32
  %y = tensor.pad %x low[%n] high[%n] {
  ^bb0(%i: index):
    tensor.yield %c : f32
  } : tensor<?xf32> to tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @padded(%n: index) -> tensor<6xf32> {
  %four = arith.constant 4 : index
  %x = call @ones(%four) : (index) -> tensor<?xf32>
  %c = arith.constant 2.0 : f32
  %y = tensor.pad %x low[%n] high[1] {
  ^bb0(%i: index):
    tensor.yield %c : f32
  } : tensor<?xf32> to tensor<6xf32>
  return %y : tensor<6xf32>
}
func.func @sum(%n: index) -> tensor<5xf32> {
  %two = arith.constant 2 : index
  %x = call @ones(%two) : (index) -> tensor<?xf32>
  %y = call @ones(%n) : (index) -> tensor<?xf32>
  %r = tensor.concat dim(0) %x, %y : (tensor<?xf32>, tensor<?xf32>) -> tensor<5xf32>
  return %r : tensor<5xf32>
}
func.func @other(%n: index) -> tensor<2x3xf32> {
  %one = arith.constant 1.0 : f32
  %x = tensor.splat %one[%n] : tensor<1x?xf32>
  %r = tensor.concat dim(0) %x, %x : (tensor<1x?xf32>, tensor<1x?xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
