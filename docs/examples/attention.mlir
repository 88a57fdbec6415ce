// Causal attention and its Hessian-vector product.
//
//   theria-run docs/examples/attention.mlir --function=attention --fill=normal:7
//   theria-run docs/examples/attention.mlir --function=attention --derive=vjp,jvp,vjp --fill=normal:7

!x = tensor<1x2x6x4xf64>
!r = tensor<1x2x6xf64>

func.func @attention(%q: !x, %k: !x, %v: !x) -> !x {
  %out, %lse = theria.sdpa %q, %k, %v causal : (!x, !x, !x) -> (!x, !r)
  return %out : !x
}

func.func @hvp(%q: !x, %k: !x, %v: !x, %g: !x, %tq: !x, %tk: !x, %tv: !x) -> (!x, !x, !x) {
  %h:3 = theria.hvp @attention(%q, %k, %v) cotangents(%g) tangents(%tq, %tk, %tv) : (!x, !x, !x) -> (!x, !x, !x)
  return %h#0, %h#1, %h#2 : !x, !x, !x
}
