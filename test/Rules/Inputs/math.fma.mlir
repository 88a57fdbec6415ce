func.func @f(%a: tensor<4xf64>, %b: tensor<4xf64>, %c: tensor<4xf64>) -> tensor<4xf64> {
  %y = math.fma %a, %b, %c : tensor<4xf64>
  return %y : tensor<4xf64>
}
