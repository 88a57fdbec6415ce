// A contraction under a mask, a sum, a broadcast to a dynamic size.
func.func @f(%a: tensor<3x2xf64>, %b: tensor<4x2xf64>) -> (tensor<3x4xf64>, tensor<2xf64>, tensor<3x5xf64>) {
  %mask = arith.constant dense<[[true, false, true, true], [false, false, true, true], [true, true, true, false]]>
        : tensor<3x4xi1>
  %p = theria.einsum "id,jd->ij" %a, %b where "ij" %mask
     : (tensor<3x2xf64>, tensor<4x2xf64>, tensor<3x4xi1>) -> tensor<3x4xf64>
  %s = theria.einsum "id,id->d" %a, %a : (tensor<3x2xf64>, tensor<3x2xf64>) -> tensor<2xf64>
  %n = arith.constant 5 : index
  %u = theria.einsum "id->ij" %a sizes(%n) : (tensor<3x2xf64>) -> tensor<3x?xf64>
  %v = arith.mulf %u, %u : tensor<3x?xf64>
  %w = tensor.cast %v : tensor<3x?xf64> to tensor<3x5xf64>
  return %p, %s, %w : tensor<3x4xf64>, tensor<2xf64>, tensor<3x5xf64>
}
