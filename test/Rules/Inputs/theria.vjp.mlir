func.func private @cube(%x: tensor<3xf64>) -> tensor<3xf64> {
  %s = arith.mulf %x, %x : tensor<3xf64>
  %y = arith.mulf %s, %x : tensor<3xf64>
  return %y : tensor<3xf64>
}
func.func @f(%x: tensor<3xf64>, %g: tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>) {
  %y, %gx = theria.vjp @cube(%x) cotangents(%g) : (tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
  return %y, %gx : tensor<3xf64>, tensor<3xf64>
}
