func.func @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %u = tensor.cast %x : tensor<4xf64> to tensor<?xf64>
  %v = arith.mulf %u, %u : tensor<?xf64>
  %y = tensor.cast %v : tensor<?xf64> to tensor<4xf64>
  return %y : tensor<4xf64>
}
