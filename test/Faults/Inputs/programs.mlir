// What runs while something goes wrong: large enough that its arrays have sizes of their own, small enough to be quick.

!q = tensor<1x2x12x8xf32>
!r = tensor<1x2x12xf32>
!p = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>

func.func @attention(%q: !q, %k: !q, %v: !q) -> (!q, !r) {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!q, !q, !q) -> (!q, !r)
  return %out, %lse : !q, !r
}

func.func @smooth(%x: tensor<5x2xf64>, %y: tensor<7x2xf64>) -> tensor<5x2xf64> {
  %s = theria.einsum "id,jd->ij" %x, %y : (tensor<5x2xf64>, tensor<7x2xf64>) -> !p
  %e = math.exp %s : !p
  %r = theria.einsum "ij,jd->id" %e, %y : (!p, tensor<7x2xf64>) -> tensor<5x2xf64>
  return %r : tensor<5x2xf64>
}

!d = tensor<?x16xf64>
!s = tensor<?x?xf64, #theria.pair<rows = 0, cols = 1>>

// As long as its inputs make it.
func.func @long(%x: !d, %y: !d) -> !d {
  %s = theria.einsum "id,jd->ij" %x, %y : (!d, !d) -> !s
  %e = math.tanh %s : !s
  %r = theria.einsum "ij,jd->id" %e, %y : (!s, !d) -> !d
  return %r : !d
}
