// What upstream operations rely on is checked while the program runs. Each function takes a size or position; the first
// one given is right, the second is not.
// RUN: python3 %S/Inputs/errors.py %s

// slice(2) runs, slice(3): error: expected a slice inside dim 0 of size 4, but found offset 2, size 3, stride 1; keep slices inside the tensor
// slice(0) runs, slice(-1): error: expected a slice inside dim 0 of size 4, but found offset 2, size -1, stride 1
// stride(1) runs, stride(2): error: expected a slice inside dim 0 of size 4, but found offset 1, size 3, stride 2
// stride(1) runs, stride(0): error: expected a stride of at least 1 in dim 0 of the slice, but found 0; take slices forwards
// source(3) runs, source(2): error: expected a source of size 3 in dim 0 of the inserted slice, but found 2; insert a tensor of the slice's sizes
// at(3) runs, at(4): error: expected an index of at least 0 and below 4 into dim 0 of a tensor, but found 4; keep indices inside
// put(0) runs, put(-1): error: expected an index of at least 0 and below 4 into dim 0 of a tensor, but found -1
// cast(2) runs, cast(3): error: expected size 2 in dim 0 of a tensor cast to static sizes, but found 3; give an array of that size
// pad(0) runs, pad(-1): error: expected a padding that is not negative in dim 0, but found -1; take a slice to shrink a tensor
// concat(3) runs, concat(2): error: expected one size in dim 1 of concatenated tensors, but found 3 and 2; give arrays whose sizes agree
// expand(2) runs, expand(3): error: expected a shape of 4 elements, but found one of 6; reshape to sizes whose product stays
// expand(2) runs, expand(-2): error: expected a shape of 4 elements, but found -2×2; give sizes that are not negative and whose product fits in memory
// reshape(2) runs, reshape(4611686018427387904): error: expected a shape of 4 elements, but found 4611686018427387904×4611686018427387904; give sizes
// sum(4) runs, sum(3): error: expected operands of one shape, but found sizes 4 and 3 in dim 0; give arrays whose sizes agree
// dim(0) runs, dim(1): error: expected an index of at least 0 and below 1 into the dims of a tensor, but found 1

func.func private @four() -> tensor<?xf32> {
  %x = arith.constant dense<1.0> : tensor<4xf32>
  %y = tensor.cast %x : tensor<4xf32> to tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @slice(%n: index) -> tensor<?xf32> {
  %x = call @four() : () -> tensor<?xf32>
  %y = tensor.extract_slice %x[2] [%n] [1] : tensor<?xf32> to tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @stride(%n: index) -> tensor<3xf32> {
  %x = call @four() : () -> tensor<?xf32>
  %y = tensor.extract_slice %x[1] [3] [%n] : tensor<?xf32> to tensor<3xf32>
  return %y : tensor<3xf32>
}
func.func @source(%n: index) -> tensor<?xf32> {
  %x = call @four() : () -> tensor<?xf32>
  %s = tensor.extract_slice %x[0] [%n] [1] : tensor<?xf32> to tensor<?xf32>
  %c3 = arith.constant 3 : index
  %y = tensor.insert_slice %s into %x[0] [%c3] [1] : tensor<?xf32> into tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @at(%i: index) -> f32 {
  %x = call @four() : () -> tensor<?xf32>
  %y = tensor.extract %x[%i] : tensor<?xf32>
  return %y : f32
}
func.func @put(%i: index) -> tensor<?xf32> {
  %x = call @four() : () -> tensor<?xf32>
  %c = arith.constant 2.0 : f32
  %y = tensor.insert %c into %x[%i] : tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @cast(%n: index) -> tensor<2xf32> {
  %x = tensor.empty(%n) : tensor<?xf32>
  %y = tensor.cast %x : tensor<?xf32> to tensor<2xf32>
  return %y : tensor<2xf32>
}
func.func @pad(%n: index) -> tensor<?xf32> {
  %x = call @four() : () -> tensor<?xf32>
  %c = arith.constant 2.0 : f32
  %y = tensor.pad %x low[%n] high[1] {
  ^bb0(%i: index):
    tensor.yield %c : f32
  } : tensor<?xf32> to tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @concat(%n: index) -> tensor<?x?xf32> {
  %x = tensor.empty(%n) : tensor<2x?xf32>
  %y = arith.constant dense<1.0> : tensor<1x3xf32>
  %z = tensor.cast %y : tensor<1x3xf32> to tensor<?x?xf32>
  %r = tensor.concat dim(0) %z, %x : (tensor<?x?xf32>, tensor<2x?xf32>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}
func.func @expand(%n: index) -> tensor<?x2xf32> {
  %x = call @four() : () -> tensor<?xf32>
  %y = tensor.expand_shape %x [[0, 1]] output_shape [%n, 2] : tensor<?xf32> into tensor<?x2xf32>
  return %y : tensor<?x2xf32>
}
func.func @reshape(%n: i64) -> tensor<?x?xf32> {
  %x = call @four() : () -> tensor<?xf32>
  %shape = tensor.from_elements %n, %n : tensor<2xi64>
  %y = tensor.reshape %x(%shape) : (tensor<?xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}
func.func @sum(%n: index) -> tensor<?xf32> {
  %x = call @four() : () -> tensor<?xf32>
  %y = tensor.empty(%n) : tensor<?xf32>
  %s = arith.addf %x, %y : tensor<?xf32>
  return %s : tensor<?xf32>
}
func.func @dim(%i: index) -> index {
  %x = call @four() : () -> tensor<?xf32>
  %d = tensor.dim %x, %i : tensor<?xf32>
  return %d : index
}
