func.func @f(%x: tensor<6x2xf64>) -> tensor<3x4xf64> {
  %u = tensor.cast %x : tensor<6x2xf64> to tensor<?x?xf64>
  %v = arith.mulf %u, %u : tensor<?x?xf64>
  %shape = arith.constant dense<[3, 4]> : tensor<2xindex>
  %y = tensor.reshape %v(%shape) : (tensor<?x?xf64>, tensor<2xindex>) -> tensor<3x4xf64>
  return %y : tensor<3x4xf64>
}
