func.func @f(%x: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  %s, %c = math.sincos %x : tensor<4xf64>
  return %s, %c : tensor<4xf64>, tensor<4xf64>
}
