!x = tensor<1x2x6x4xf64>
!r = tensor<1x2x6xf64>

func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!x, !x, !x) -> (!x, !r)
  return %out : !x
}
