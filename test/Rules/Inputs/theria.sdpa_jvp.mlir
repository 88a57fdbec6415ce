!q = tensor<1x2x3x2xf64>
!k = tensor<1x1x4x2xf64>
!v = tensor<1x1x4x3xf64>
!o = tensor<1x2x3x3xf64>
!l = tensor<1x2x3xf64>
func.func @f(%q: !q, %k: !k, %v: !v) -> (!o, !l, !o, !l) {
  %tk = arith.constant dense<0.5> : !k
  %tv = arith.constant dense<0.25> : !v
  %r:4 = theria.sdpa_jvp %q, %k, %v tangents(%q, %tk, %tv) : (!q, !k, !v, !q, !k, !v) -> (!o, !l, !o, !l)
  return %r#0, %r#1, %r#2, %r#3 : !o, !l, !o, !l
}
