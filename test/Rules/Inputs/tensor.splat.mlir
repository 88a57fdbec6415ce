func.func @f(%x: f64) -> (tensor<2x3xf64>, tensor<f64>) {
  %n = arith.constant 2 : index
  %u = tensor.splat %x[%n] : tensor<?x3xf64>
  %v = arith.mulf %u, %u : tensor<?x3xf64>
  %y = tensor.cast %v : tensor<?x3xf64> to tensor<2x3xf64>
  %z = tensor.splat %x : tensor<f64>
  return %y, %z : tensor<2x3xf64>, tensor<f64>
}
