func.func @f(%x: tensor<2x3x2xf64>) -> tensor<6x2xf64> {
  %u = tensor.cast %x : tensor<2x3x2xf64> to tensor<?x3x2xf64>
  %v = arith.mulf %u, %u : tensor<?x3x2xf64>
  %w = tensor.collapse_shape %v [[0, 1], [2]] : tensor<?x3x2xf64> into tensor<?x2xf64>
  %y = tensor.cast %w : tensor<?x2xf64> to tensor<6x2xf64>
  return %y : tensor<6x2xf64>
}
