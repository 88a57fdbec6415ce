func.func @f(%x: tensor<3x4xf64>) -> (tensor<3xf64>, tensor<4xf64>) {
  %mask = arith.constant dense<[[true, false, true, true], [false, true, false, false], [true, true, true, false]]>
        : tensor<3x4xi1>
  %square = arith.mulf %x, %x : tensor<3x4xf64>
  %r = theria.reduce_max %square dim = 1 where %mask : (tensor<3x4xf64>, tensor<3x4xi1>) -> tensor<3xf64>
  %c = theria.reduce_max %square dim = 0 : (tensor<3x4xf64>) -> tensor<4xf64>
  return %r, %c : tensor<3xf64>, tensor<4xf64>
}
