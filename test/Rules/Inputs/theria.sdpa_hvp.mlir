!q = tensor<1x2x3x2xf64>
!k = tensor<1x1x4x2xf64>
!v = tensor<1x1x4x3xf64>
!o = tensor<1x2x3x3xf64>
!l = tensor<1x2x3xf64>
func.func @f(%q: !q, %k: !k, %v: !v, %g: !o) -> (!q, !k, !v) {
  %r:3 = theria.sdpa_hvp %q, %k, %v cotangents(%g) tangents(%q, %k, %v)
       : (!q, !k, !v, !o, !q, !k, !v) -> (!q, !k, !v)
  return %r#0, %r#1, %r#2 : !q, !k, !v
}
