func.func @f(%a: f64, %b: f64) -> tensor<2x2xf64> {
  %c = arith.constant 0.5 : f64
  %x = tensor.from_elements %a, %b, %c, %a : tensor<2x2xf64>
  %y = arith.mulf %x, %x : tensor<2x2xf64>
  return %y : tensor<2x2xf64>
}
