func.func @f(%a: tensor<4xf64>, %b: tensor<4xf64>) -> tensor<4xf64> {
  %y = math.copysign %a, %b : tensor<4xf64>
  return %y : tensor<4xf64>
}
