func.func @f(%x: tensor<4xf64>) -> tensor<3xf64> {
  %i = arith.constant dense<[0, 2, 2, 9]> : tensor<4xindex>
  %mask = arith.constant dense<[true, true, true, false]> : tensor<4xi1>
  %n = arith.constant 3 : index
  %t = theria.scatter_add %x[%i] where %mask sizes(%n) : (tensor<4xf64>, tensor<4xindex>, tensor<4xi1>) -> tensor<?xf64>
  %s = arith.mulf %t, %t : tensor<?xf64>
  %y = tensor.cast %s : tensor<?xf64> to tensor<3xf64>
  return %y : tensor<3xf64>
}
