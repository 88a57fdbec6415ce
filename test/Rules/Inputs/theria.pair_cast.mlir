!pair = tensor<2x3xf64, #theria.pair<rows = 0, cols = 1>>
func.func @f(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %p = theria.pair_cast %x : tensor<2x3xf64> to !pair
  %s = math.sin %p : !pair
  %m = arith.maximumf %s, %p : !pair
  %y = theria.pair_cast %m : !pair to tensor<2x3xf64>
  return %y : tensor<2x3xf64>
}
