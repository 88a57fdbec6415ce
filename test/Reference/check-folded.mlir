// What an operation relies on is checked even where simplification finds its value without it.
// RUN: python3 %S/Inputs/errors.py %s

// zero(4) runs, zero(3): error: expected operands of one shape, but found sizes 4 and 3 in dim 0; give arrays whose sizes agree
// second(4) runs, second(3): error: expected operands of one shape, but found sizes 4 and 3 in dim 0
// put(3) runs, put(4): error: expected an index of at least 0 and below 4 into dim 0 of a tensor, but found 4; keep indices inside

func.func @zero(%n: index) -> tensor<?xf32> {
  %four = arith.constant 4 : index
  %one = arith.constant 1.0 : f32
  %x = tensor.splat %one[%four] : tensor<?xf32>
  %y = call @plus_zero(%x, %n) : (tensor<?xf32>, index) -> tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func private @plus_zero(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %zero = arith.constant 0.0 : f32
  %z = tensor.splat %zero[%n] : tensor<?xf32>
  %y = arith.addf %x, %z : tensor<?xf32>
  return %y : tensor<?xf32>
}
// Its derivatives check what it checks.
func.func @second(%n: index) -> tensor<?xf32> {
  %four = arith.constant 4 : index
  %one = arith.constant 1.0 : f32
  %x = tensor.splat %one[%four] : tensor<?xf32>
  %h = theria.hvp @plus_zero(%x, %n) cotangents(%x) tangents(%x) : (tensor<?xf32>, index) -> tensor<?xf32>
  return %h : tensor<?xf32>
}
func.func @put(%i: index) -> f32 {
  %x = arith.constant dense<1.0> : tensor<4xf32>
  %two = arith.constant 2.0 : f32
  %y = tensor.insert %two into %x[%i] : tensor<4xf32>
  return %two : f32
}
