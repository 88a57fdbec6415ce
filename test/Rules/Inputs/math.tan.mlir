// range -1 1
func.func @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %y = math.tan %x : tensor<4xf64>
  return %y : tensor<4xf64>
}
