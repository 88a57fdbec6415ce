// Both operands active, and each alone.
func.func @f(%x: tensor<2x3xf64>, %s: f64) -> (tensor<2x3xf64>, tensor<2x3xf64>, tensor<2x3xf64>) {
  %i = arith.constant 1 : index
  %c = arith.constant 0.5 : f64
  %d = arith.constant dense<0.5> : tensor<2x3xf64>
  %both = tensor.insert %s into %x[%i, %i] : tensor<2x3xf64>
  %into = tensor.insert %c into %x[%i, %i] : tensor<2x3xf64>
  %onto = tensor.insert %s into %d[%i, %i] : tensor<2x3xf64>
  %u = arith.mulf %both, %both : tensor<2x3xf64>
  %v = arith.mulf %into, %into : tensor<2x3xf64>
  %w = arith.mulf %onto, %onto : tensor<2x3xf64>
  return %u, %v, %w : tensor<2x3xf64>, tensor<2x3xf64>, tensor<2x3xf64>
}
