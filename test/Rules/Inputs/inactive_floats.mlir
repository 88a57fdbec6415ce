// range -3 3
// Locally constant functions: x times each has the derivative of a line.
func.func @f(%x: tensor<8xf64>) -> tensor<8xf64> {
  %ceil = math.ceil %x : tensor<8xf64>
  %floor = math.floor %x : tensor<8xf64>
  %round = math.round %x : tensor<8xf64>
  %even = math.roundeven %x : tensor<8xf64>
  %trunc = math.trunc %x : tensor<8xf64>
  %s0 = arith.addf %ceil, %floor : tensor<8xf64>
  %s1 = arith.addf %round, %even : tensor<8xf64>
  %s2 = arith.mulf %s0, %trunc : tensor<8xf64>
  %steps = arith.addf %s1, %s2 : tensor<8xf64>
  %finite = math.isfinite %x : tensor<8xf64>
  %inf = math.isinf %x : tensor<8xf64>
  %nan = math.isnan %x : tensor<8xf64>
  %normal = math.isnormal %x : tensor<8xf64>
  %either = arith.ori %inf, %nan : tensor<8xi1>
  %both = arith.andi %finite, %normal : tensor<8xi1>
  %zero = arith.constant dense<0.0> : tensor<8xf64>
  %a = arith.select %either, %zero, %steps : tensor<8xi1>, tensor<8xf64>
  %b = arith.select %both, %a, %zero : tensor<8xi1>, tensor<8xf64>
  %y = arith.mulf %x, %b : tensor<8xf64>
  return %y : tensor<8xf64>
}
