// vjp only
// The calculus makes the op of a call whose function has only a VJP rule.
func.func private @square(%x: tensor<3xf64>) -> tensor<3xf64> attributes { theria.vjp = @square_vjp } {
  %y = arith.mulf %x, %x : tensor<3xf64>
  return %y : tensor<3xf64>
}
func.func private @square_vjp(%x: tensor<3xf64>, %g: tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>) {
  %y = arith.mulf %x, %x : tensor<3xf64>
  %xx = arith.addf %x, %x : tensor<3xf64>
  %gx = arith.mulf %xx, %g : tensor<3xf64>
  return %y, %gx : tensor<3xf64>, tensor<3xf64>
}
func.func @f(%x: tensor<3xf64>) -> tensor<3xf64> {
  %s = math.sin %x : tensor<3xf64>
  %y = call @square(%s) : (tensor<3xf64>) -> tensor<3xf64>
  return %y : tensor<3xf64>
}
