// Something for each fault to be wrong about: products, cosines, exponentials, slices, masks, normalisers and blocks.

!x = tensor<7x3xf64>
!y = tensor<9x3xf64>
!pair = tensor<7x9xf64, #theria.pair<rows = 0, cols = 1>>
!mask = tensor<7x9xi1, #theria.pair<rows = 0, cols = 1>>
!index = tensor<7x9xindex, #theria.pair<rows = 0, cols = 1>>

func.func @f(%x: !x, %y: !y) -> !x {
  %c = math.cos %x : !x
  %t = math.tanh %c : !x
  %q = arith.mulf %t, %x : !x
  %k = tensor.extract_slice %y[2, 0] [7, 3] [1, 1] : !y to !x
  %i = theria.coord dim = 0 : !index
  %j = theria.coord dim = 1 : !index
  %live = arith.cmpi ne, %i, %j : !index
  %s = theria.einsum "nd,md->nm" %q, %y where "nm" %live : (!x, !y, !mask) -> !pair
  %lse = theria.logsumexp %s dim = 1 where %live : (!pair, !mask) -> tensor<7xf64>
  %l = theria.einsum "n->nm" %lse : (tensor<7xf64>) -> !pair
  %rel = arith.subf %s, %l : !pair
  %p = math.exp %rel : !pair
  %o = theria.einsum "nm,md->nd" %p, %y where "nm" %live : (!pair, !y, !mask) -> !x
  %r = arith.addf %o, %k : !x
  return %r : !x
}
