// Both operands active, with strides; and each alone, with a dimension more in the destination.
func.func @f(%x: tensor<5x4xf64>, %s: tensor<2x4xf64>, %r: tensor<3xf64>)
    -> (tensor<5x4xf64>, tensor<5x4xf64>, tensor<5x4xf64>) {
  %c = arith.constant dense<0.5> : tensor<3xf64>
  %d = arith.constant dense<0.5> : tensor<5x4xf64>
  %n = arith.constant 2 : index
  %t = tensor.cast %s : tensor<2x4xf64> to tensor<?x4xf64>
  %both = tensor.insert_slice %t into %x[1, 0] [%n, 4] [2, 1] : tensor<?x4xf64> into tensor<5x4xf64>
  %into = tensor.insert_slice %c into %x[3, 1] [1, 3] [1, 1] : tensor<3xf64> into tensor<5x4xf64>
  %onto = tensor.insert_slice %r into %d[3, 1] [1, 3] [1, 1] : tensor<3xf64> into tensor<5x4xf64>
  %u = arith.mulf %both, %both : tensor<5x4xf64>
  %v = arith.mulf %into, %into : tensor<5x4xf64>
  %w = arith.mulf %onto, %onto : tensor<5x4xf64>
  return %u, %v, %w : tensor<5x4xf64>, tensor<5x4xf64>, tensor<5x4xf64>
}
