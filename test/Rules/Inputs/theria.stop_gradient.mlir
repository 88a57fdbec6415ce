// derivative zero
func.func @f(%x: tensor<3xf64>) -> tensor<3xf64> {
  %y = theria.stop_gradient %x : tensor<3xf64>
  return %y : tensor<3xf64>
}
