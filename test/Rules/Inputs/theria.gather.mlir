func.func @f(%t: tensor<2x3xf64>) -> tensor<4xf64> {
  %i = arith.constant dense<[0, 1, 1, 0]> : tensor<4xindex>
  %j = arith.constant dense<[2, 0, 0, 9]> : tensor<4xindex>
  %mask = arith.constant dense<[true, true, true, false]> : tensor<4xi1>
  %u = tensor.cast %t : tensor<2x3xf64> to tensor<?x3xf64>
  %g = theria.gather %u[%i, %j] where %mask : (tensor<?x3xf64>, tensor<4xindex>, tensor<4xindex>, tensor<4xi1>) -> tensor<4xf64>
  %y = arith.mulf %g, %g : tensor<4xf64>
  return %y : tensor<4xf64>
}
