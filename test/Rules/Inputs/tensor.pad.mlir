// Padded by a constant, by an active value alone, and by one around an active source.
func.func @f(%x: tensor<2x3xf64>, %p: f64) -> (tensor<4x4xf64>, tensor<4x4xf64>, tensor<4x4xf64>) {
  %one = arith.constant 1 : index
  %zero = arith.constant 0.0 : f64
  %u = tensor.cast %x : tensor<2x3xf64> to tensor<?x3xf64>
  %a = tensor.pad %u low[%one, 0] high[1, 1] {
  ^bb0(%i: index, %j: index):
    tensor.yield %zero : f64
  } : tensor<?x3xf64> to tensor<?x4xf64>
  %b = tensor.pad %u low[%one, 0] high[1, 1] {
  ^bb0(%i: index, %j: index):
    tensor.yield %p : f64
  } : tensor<?x3xf64> to tensor<?x4xf64>
  %d = arith.constant dense<0.5> : tensor<2x3xf64>
  %c = tensor.pad %d low[1, 0] high[1, 1] {
  ^bb0(%i: index, %j: index):
    tensor.yield %p : f64
  } : tensor<2x3xf64> to tensor<4x4xf64>
  %aa = arith.mulf %a, %a : tensor<?x4xf64>
  %bb = arith.mulf %b, %b : tensor<?x4xf64>
  %r = tensor.cast %aa : tensor<?x4xf64> to tensor<4x4xf64>
  %s = tensor.cast %bb : tensor<?x4xf64> to tensor<4x4xf64>
  %t = arith.mulf %c, %c : tensor<4x4xf64>
  return %r, %s, %t : tensor<4x4xf64>, tensor<4x4xf64>, tensor<4x4xf64>
}
