!q = tensor<1x2x3x2xf64>
!k = tensor<1x1x4x2xf64>
!v = tensor<1x1x4x3xf64>
!o = tensor<1x2x3x3xf64>
!l = tensor<1x2x3xf64>
func.func @f(%q: !q, %k: !k, %v: !v, %scale: f64, %b: tensor<1x2x3x4xf64>, %slope: f64) -> (!o, !l) {
  %out, %lse = theria.sdpa %q, %k, %v scale(%scale) causal(bottom_right) softcap(3.0) bias(%b)
    score(%slope) {
    ^bb0(%s: f64, %n: index, %h: index, %i: index, %j: index):
      %t = arith.mulf %s, %slope : f64
      theria.yield %t : f64
    } : (!q, !k, !v, f64, tensor<1x2x3x4xf64>, f64) -> (!o, !l)
  return %out, %lse : !o, !l
}
