// range 0.4 2
// Small powers of either sign, of positive and of negative bases, static and dynamic.
func.func @f(%x: tensor<7xf64>) -> (tensor<7xf64>, tensor<7xf64>) {
  %n = arith.constant dense<[-3, -2, -1, 0, 1, 2, 3]> : tensor<7xi32>
  %u = tensor.cast %x : tensor<7xf64> to tensor<?xf64>
  %m = tensor.cast %n : tensor<7xi32> to tensor<?xi32>
  %y = math.fpowi %u, %m : tensor<?xf64>, tensor<?xi32>
  %t = tensor.cast %y : tensor<?xf64> to tensor<7xf64>
  %minus = arith.negf %x : tensor<7xf64>
  %z = math.fpowi %minus, %n : tensor<7xf64>, tensor<7xi32>
  return %t, %z : tensor<7xf64>, tensor<7xf64>
}
