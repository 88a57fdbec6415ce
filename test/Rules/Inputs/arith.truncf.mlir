// precision f32
func.func @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %narrow = arith.truncf %x : tensor<4xf64> to tensor<4xf32>
  %square = arith.mulf %narrow, %narrow : tensor<4xf32>
  %y = arith.extf %square : tensor<4xf32> to tensor<4xf64>
  return %y : tensor<4xf64>
}
