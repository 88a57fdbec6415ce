// range -3 3
func.func @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %y = math.cos %x : tensor<4xf64>
  return %y : tensor<4xf64>
}
