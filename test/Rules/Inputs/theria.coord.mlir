func.func @f(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %j = theria.coord dim = 1 : tensor<2x3xi32>
  %c = arith.sitofp %j : tensor<2x3xi32> to tensor<2x3xf64>
  %y = arith.mulf %x, %c : tensor<2x3xf64>
  return %y : tensor<2x3xf64>
}
