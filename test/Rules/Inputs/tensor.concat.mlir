// Parts of static and dynamic size; one of them is a constant.
func.func @f(%a: tensor<2x2xf64>, %b: tensor<2x3xf64>) -> tensor<2x7xf64> {
  %u = tensor.cast %b : tensor<2x3xf64> to tensor<2x?xf64>
  %v = arith.mulf %u, %u : tensor<2x?xf64>
  %c = arith.constant dense<0.5> : tensor<2x2xf64>
  %w = tensor.concat dim(1) %a, %c, %v : (tensor<2x2xf64>, tensor<2x2xf64>, tensor<2x?xf64>) -> tensor<2x?xf64>
  %s = arith.mulf %w, %w : tensor<2x?xf64>
  %y = tensor.cast %s : tensor<2x?xf64> to tensor<2x7xf64>
  return %y : tensor<2x7xf64>
}
