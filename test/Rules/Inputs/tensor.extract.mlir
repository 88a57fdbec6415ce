func.func @f(%x: tensor<2x3xf64>) -> f64 {
  %u = tensor.cast %x : tensor<2x3xf64> to tensor<?x3xf64>
  %i = arith.constant 1 : index
  %j = arith.constant 2 : index
  %a = tensor.extract %u[%i, %j] : tensor<?x3xf64>
  %b = tensor.extract %x[%i, %i] : tensor<2x3xf64>
  %y = arith.mulf %a, %b : f64
  return %y : f64
}
