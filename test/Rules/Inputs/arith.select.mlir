// A condition for each element, one for all, and one that depends on the values.
func.func @f(%a: tensor<4xf64>, %b: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %mask = arith.constant dense<[true, false, false, true]> : tensor<4xi1>
  %one = arith.constant false
  %less = arith.cmpf olt, %a, %b : tensor<4xf64>
  %x = arith.select %mask, %a, %b : tensor<4xi1>, tensor<4xf64>
  %y = arith.select %one, %a, %b : tensor<4xf64>
  %z = arith.select %less, %a, %b : tensor<4xi1>, tensor<4xf64>
  return %x, %y, %z : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}
