// range 0.4 2, -2 3
func.func @f(%a: tensor<4xf64>, %b: tensor<4xf64>) -> tensor<4xf64> {
  %y = math.powf %a, %b : tensor<4xf64>
  return %y : tensor<4xf64>
}
