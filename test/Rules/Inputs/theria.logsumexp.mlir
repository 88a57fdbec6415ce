// With a mask that leaves the second row empty, and along the other dimension without one.
func.func @f(%x: tensor<3x4xf64>) -> (tensor<3xf64>, tensor<4xf64>) {
  %mask = arith.constant dense<[[true, false, true, true], [false, false, false, false], [true, true, true, false]]>
        : tensor<3x4xi1>
  %r = theria.logsumexp %x dim = 1 where %mask : (tensor<3x4xf64>, tensor<3x4xi1>) -> tensor<3xf64>
  %p = math.exp %r : tensor<3xf64>
  %c = theria.logsumexp %x dim = 0 : (tensor<3x4xf64>) -> tensor<4xf64>
  return %p, %c : tensor<3xf64>, tensor<4xf64>
}
