// range 2 9, 0.7 1.9
func.func @f(%a: tensor<4xf64>, %b: tensor<4xf64>) -> tensor<4xf64> {
  %y = arith.remf %a, %b : tensor<4xf64>
  return %y : tensor<4xf64>
}
