// Small, with what makes derivatives interesting: a mask with a dead row, grouped heads, a cap, a learned temperature.
!q = tensor<1x2x3x2xf64>
!k = tensor<1x1x2x2xf64>
!r = tensor<1x2x3xf64>

func.func @f(%q: !q, %k: !k, %v: !k, %temperature: f64) -> (!q, !r) {
  %out, %lse = theria.sdpa %q, %k, %v softcap(2.0)
    score(%temperature) {
    ^bb0(%s: f64, %b: index, %h: index, %i: index, %j: index):
      %t = arith.mulf %s, %temperature : f64
      theria.yield %t : f64
    }
    where {
    ^bb0(%b: index, %h: index, %i: index, %j: index):
      %live = arith.cmpi slt, %j, %i : index
      theria.yield %live : i1
    } : (!q, !k, !k, f64) -> (!q, !r)
  // The dead row's −∞ is left out, so that sums of results stay finite.
  %one = arith.constant dense<1.0> : !r
  %finite = arith.constant dense<-1.0e300> : !r
  %dead = arith.cmpf olt, %lse, %finite : !r
  %rows = arith.select %dead, %one, %lse : tensor<1x2x3xi1>, !r
  return %out, %rows : !q, !r
}
