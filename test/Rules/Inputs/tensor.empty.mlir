func.func @f(%x: tensor<3xf64>) -> tensor<3xf64> {
  %e = tensor.empty() : tensor<3xf64>
  %u = tensor.insert_slice %x into %e[0] [3] [1] : tensor<3xf64> into tensor<3xf64>
  %y = arith.mulf %u, %u : tensor<3xf64>
  return %y : tensor<3xf64>
}
