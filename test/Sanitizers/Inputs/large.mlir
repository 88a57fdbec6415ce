// Large enough that threads share the work, and that every thread has some.

!x = tensor<512x64xf32>
!p = tensor<512x512xf32, #theria.pair<rows = 0, cols = 1>>

func.func @f(%a: !x, %b: !x) -> !x {
  %s = theria.einsum "id,jd->ij" %a, %b : (!x, !x) -> !p
  %e = math.tanh %s : !p
  %r = theria.einsum "ij,jd->id" %e, %b : (!p, !x) -> !x
  return %r : !x
}
