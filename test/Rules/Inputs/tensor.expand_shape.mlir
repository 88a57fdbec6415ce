func.func @f(%x: tensor<6x2xf64>) -> tensor<2x3x2xf64> {
  %u = tensor.cast %x : tensor<6x2xf64> to tensor<?x2xf64>
  %v = arith.mulf %u, %u : tensor<?x2xf64>
  %n = arith.constant 2 : index
  %w = tensor.expand_shape %v [[0, 1], [2]] output_shape [%n, 3, 2] : tensor<?x2xf64> into tensor<?x3x2xf64>
  %y = tensor.cast %w : tensor<?x3x2xf64> to tensor<2x3x2xf64>
  return %y : tensor<2x3x2xf64>
}
