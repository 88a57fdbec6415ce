// Causal attention and its Hessian-vector product, for any number of rows and keys.
//
//   theria-run docs/examples/attention.mlir --function=attention --derive=vjp,jvp,vjp --signature

!q = tensor<?x?x?x?xf32>
!l = tensor<?x?x?xf32>

func.func @attention(%q: !q, %k: !q, %v: !q) -> !q {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!q, !q, !q) -> (!q, !l)
  return %out : !q
}

func.func @hvp(%q: !q, %k: !q, %v: !q, %g: !q, %tq: !q, %tk: !q, %tv: !q) -> (!q, !q, !q) {
  %h:3 = theria.hvp @attention(%q, %k, %v) cotangents(%g) tangents(%tq, %tk, %tv) : (!q, !q, !q) -> (!q, !q, !q)
  return %h#0, %h#1, %h#2 : !q, !q, !q
}
