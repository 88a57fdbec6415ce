// range 1.3 2.5
func.func @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %y = math.acosh %x : tensor<4xf64>
  return %y : tensor<4xf64>
}
