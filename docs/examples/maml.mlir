// One step of MAML through attention. The inner step adapts a projection w to a task by gradient descent, the outer
// gradient goes through that step: it needs the inner loss's Hessian, which first-order MAML leaves out by
// theria.stop_gradient. The two outer gradients differ by exactly −α·H_inner·∇L_outer(w′): @gap returns both sides.
//
//   theria-run docs/examples/maml.mlir --function=gap --input=0.1 --fill=normal:3

!w = tensor<4x3xf64>
!x = tensor<6x4xf64>
!k = tensor<5x3xf64>
!v = tensor<5x2xf64>
!y = tensor<6x2xf64>

// ½‖attention(x·w, k, v) − y‖²
func.func private @loss(%w: !w, %x: !x, %k: !k, %v: !v, %y: !y) -> f64 {
  %q = theria.einsum "nc,cd->nd" %x, %w : (!x, !w) -> tensor<6x3xf64>
  %q4 = tensor.expand_shape %q [[0, 1, 2], [3]] output_shape [1, 1, 6, 3] : tensor<6x3xf64> into tensor<1x1x6x3xf64>
  %k4 = tensor.expand_shape %k [[0, 1, 2], [3]] output_shape [1, 1, 5, 3] : !k into tensor<1x1x5x3xf64>
  %v4 = tensor.expand_shape %v [[0, 1, 2], [3]] output_shape [1, 1, 5, 2] : !v into tensor<1x1x5x2xf64>
  %out, %lse = theria.sdpa %q4, %k4, %v4 : (tensor<1x1x6x3xf64>, tensor<1x1x5x3xf64>, tensor<1x1x5x2xf64>)
    -> (tensor<1x1x6x2xf64>, tensor<1x1x6xf64>)
  %answer = tensor.collapse_shape %out [[0, 1, 2], [3]] : tensor<1x1x6x2xf64> into !y
  %error = arith.subf %answer, %y : !y
  %half = arith.constant dense<0.5> : tensor<f64>
  %sum = theria.einsum "nc,nc,->" %error, %error, %half : (!y, !y, tensor<f64>) -> tensor<f64>
  %loss = tensor.extract %sum[] : tensor<f64>
  return %loss : f64
}

// w − α·∇L_inner(w)
func.func private @step(%rate: f64, %w: !w, %gradient: !w) -> !w {
  %rates = tensor.splat %rate : !w
  %change = arith.mulf %rates, %gradient : !w
  %adapted = arith.subf %w, %change : !w
  return %adapted : !w
}

func.func private @gradient(%w: !w, %x: !x, %k: !k, %v: !v, %y: !y) -> !w {
  %one = arith.constant 1.0 : f64
  %loss, %gradient = theria.vjp @loss(%w, %x, %k, %v, %y) cotangents(%one) wrt = [0] : (!w, !x, !k, !v, !y) -> (f64, !w)
  return %gradient : !w
}

// The outer loss after one inner step, as a function of w: its VJP is the outer gradient.
func.func @maml(%w: !w, %rate: f64, %x: !x, %k: !k, %v: !v, %y: !y, %x1: !x, %k1: !k, %v1: !v, %y1: !y) -> f64 {
  %gradient = func.call @gradient(%w, %x, %k, %v, %y) : (!w, !x, !k, !v, !y) -> !w
  %adapted = func.call @step(%rate, %w, %gradient) : (f64, !w, !w) -> !w
  %loss = func.call @loss(%adapted, %x1, %k1, %v1, %y1) : (!w, !x, !k, !v, !y) -> f64
  return %loss : f64
}

func.func @first_order_maml(%w: !w, %rate: f64, %x: !x, %k: !k, %v: !v, %y: !y, %x1: !x, %k1: !k, %v1: !v, %y1: !y)
    -> f64 {
  %gradient = func.call @gradient(%w, %x, %k, %v, %y) : (!w, !x, !k, !v, !y) -> !w
  %constant = theria.stop_gradient %gradient : !w
  %adapted = func.call @step(%rate, %w, %constant) : (f64, !w, !w) -> !w
  %loss = func.call @loss(%adapted, %x1, %k1, %v1, %y1) : (!w, !x, !k, !v, !y) -> f64
  return %loss : f64
}

// The full outer gradient minus the first-order one, and −α·H_inner·∇L_outer(w′).
func.func @gap(%rate: f64, %w: !w, %x: !x, %k: !k, %v: !v, %y: !y, %x1: !x, %k1: !k, %v1: !v, %y1: !y) -> (!w, !w) {
  %one = arith.constant 1.0 : f64
  %l0, %full = theria.vjp @maml(%w, %rate, %x, %k, %v, %y, %x1, %k1, %v1, %y1) cotangents(%one) wrt = [0]
    : (!w, f64, !x, !k, !v, !y, !x, !k, !v, !y) -> (f64, !w)
  %l1, %first = theria.vjp @first_order_maml(%w, %rate, %x, %k, %v, %y, %x1, %k1, %v1, %y1) cotangents(%one) wrt = [0]
    : (!w, f64, !x, !k, !v, !y, !x, !k, !v, !y) -> (f64, !w)
  %difference = arith.subf %full, %first : !w

  %gradient = func.call @gradient(%w, %x, %k, %v, %y) : (!w, !x, !k, !v, !y) -> !w
  %adapted = func.call @step(%rate, %w, %gradient) : (f64, !w, !w) -> !w
  %outer = func.call @gradient(%adapted, %x1, %k1, %v1, %y1) : (!w, !x, !k, !v, !y) -> !w
  %product = theria.hvp @loss(%w, %x, %k, %v, %y) cotangents(%one : f64) tangents(%outer) wrt = [0]
    : (!w, !x, !k, !v, !y) -> !w
  %negative = arith.negf %rate : f64
  %factor = tensor.splat %negative : !w
  %want = arith.mulf %factor, %product : !w
  return %difference, %want : !w, !w
}
