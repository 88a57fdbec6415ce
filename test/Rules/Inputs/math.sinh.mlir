// range -2 2
func.func @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %y = math.sinh %x : tensor<4xf64>
  return %y : tensor<4xf64>
}
