!q = tensor<1x2x3x2xf64>
!k = tensor<1x1x4x2xf64>
!v = tensor<1x1x4x3xf64>
!o = tensor<1x2x3x3xf64>
!l = tensor<1x2x3xf64>
func.func @f(%q: !q, %k: !k, %v: !v, %g: !o) -> (!o, !q, !k, !v) {
  %r:5 = theria.sdpa_vjp %q, %k, %v cotangents(%g) : (!q, !k, !v, !o) -> (!o, !l, !q, !k, !v)
  return %r#0, %r#2, %r#3, %r#4 : !o, !q, !k, !v
}
