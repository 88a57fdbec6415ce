// range 0.4 3
func.func @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %y = math.log %x : tensor<4xf64>
  return %y : tensor<4xf64>
}
