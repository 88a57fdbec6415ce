// range -2 2, 0.3 2
func.func @f(%a: tensor<4xf64>, %b: tensor<4xf64>) -> tensor<4xf64> {
  %y = math.atan2 %a, %b : tensor<4xf64>
  return %y : tensor<4xf64>
}
