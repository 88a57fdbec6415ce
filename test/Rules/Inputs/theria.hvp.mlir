func.func private @cube(%x: tensor<3xf64>) -> tensor<3xf64> {
  %s = arith.mulf %x, %x : tensor<3xf64>
  %y = arith.mulf %s, %x : tensor<3xf64>
  return %y : tensor<3xf64>
}
func.func @f(%x: tensor<3xf64>, %g: tensor<3xf64>, %t: tensor<3xf64>) -> tensor<3xf64> {
  %h = theria.hvp @cube(%x) cotangents(%g) tangents(%t) : (tensor<3xf64>) -> tensor<3xf64>
  return %h : tensor<3xf64>
}
