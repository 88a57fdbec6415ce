// With strides and dynamic sizes, and with a dimension dropped.
func.func @f(%x: tensor<5x4xf64>) -> (tensor<2x4xf64>, tensor<3xf64>) {
  %n = arith.constant 2 : index
  %u = tensor.cast %x : tensor<5x4xf64> to tensor<?x4xf64>
  %a = tensor.extract_slice %u[1, 0] [%n, 4] [2, 1] : tensor<?x4xf64> to tensor<?x4xf64>
  %b = tensor.extract_slice %u[3, 1] [1, 3] [1, 1] : tensor<?x4xf64> to tensor<3xf64>
  %aa = arith.mulf %a, %a : tensor<?x4xf64>
  %y = tensor.cast %aa : tensor<?x4xf64> to tensor<2x4xf64>
  %z = arith.mulf %b, %b : tensor<3xf64>
  return %y, %z : tensor<2x4xf64>, tensor<3xf64>
}
