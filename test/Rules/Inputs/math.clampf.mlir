// Each operand is the result somewhere.
func.func @f(%a: tensor<12xf64>, %b: tensor<12xf64>, %c: tensor<12xf64>) -> tensor<12xf64> {
  %y = math.clampf %a to [%b, %c] : tensor<12xf64>
  return %y : tensor<12xf64>
}
