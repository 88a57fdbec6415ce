// range -0.9 0.9, 0.5 2
func.func @f(%a: tensor<4xf64>, %b: tensor<4xf64>) -> tensor<4xf64> {
  %y = arith.divf %a, %b : tensor<4xf64>
  return %y : tensor<4xf64>
}
