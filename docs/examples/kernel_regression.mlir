// Gaussian-kernel regression (Nadaraya and Watson) whose bandwidth is learned on points held out: the prediction at x is
// the mean of the targets, weighted by exp(−‖x − y‖² / 2h²). The distance is expanded, |x|² + |y|² − 2x·y, so that it
// costs one contraction.
//
//   theria-run docs/examples/kernel_regression.mlir --function=loss --fill=normal:1
//   theria-run docs/examples/kernel_regression.mlir --function=loss --derive=hvp --fill=normal:1

!held_out = tensor<7x3xf64>
!x = tensor<9x3xf64>
!pair = tensor<7x9xf64, #theria.pair<rows = 0, cols = 1>>
!wanted = tensor<7x2xf64>
!targets = tensor<9x2xf64>

// −‖x_i − y_j‖² / 2h², for h = exp(log_h)
func.func private @exponents(%log_h: f64, %x: !held_out, %y: !x) -> !pair {
  %minus_two = arith.constant -2.0 : f64
  %twice = arith.mulf %minus_two, %log_h : f64
  %exp = math.exp %twice : f64
  %precision = tensor.from_elements %exp : tensor<f64>
  %minus_half = arith.constant dense<-0.5> : tensor<f64>
  %factor = arith.mulf %minus_half, %precision : tensor<f64>
  %xx = theria.einsum "id,id,->i" %x, %x, %factor : (!held_out, !held_out, tensor<f64>) -> tensor<7xf64>
  %yy = theria.einsum "jd,jd,->j" %y, %y, %factor : (!x, !x, tensor<f64>) -> tensor<9xf64>
  %rows = theria.einsum "i->ij" %xx : (tensor<7xf64>) -> !pair
  %cols = theria.einsum "j->ij" %yy : (tensor<9xf64>) -> !pair
  %xy = theria.einsum "id,jd,->ij" %x, %y, %precision : (!held_out, !x, tensor<f64>) -> !pair
  %far = arith.addf %rows, %cols : !pair
  %exponents = arith.addf %far, %xy : !pair
  return %exponents : !pair
}

func.func @predict(%log_h: f64, %x: !held_out, %y: !x, %targets: !targets) -> !wanted {
  %exponents = func.call @exponents(%log_h, %x, %y) : (f64, !held_out, !x) -> !pair
  %kernel = math.exp %exponents : !pair
  %sums = theria.einsum "ij,jc->ic" %kernel, %targets : (!pair, !targets) -> !wanted
  %weights = theria.einsum "ij->i" %kernel : (!pair) -> tensor<7xf64>
  %divisors = theria.einsum "i->ic" %weights : (tensor<7xf64>) -> !wanted
  %mean = arith.divf %sums, %divisors : !wanted
  return %mean : !wanted
}

// Half the squared error at the points held out.
func.func @loss(%log_h: f64, %x: !held_out, %wanted: !wanted, %y: !x, %targets: !targets) -> f64 {
  %got = func.call @predict(%log_h, %x, %y, %targets) : (f64, !held_out, !x, !targets) -> !wanted
  %error = arith.subf %got, %wanted : !wanted
  %half = arith.constant dense<0.5> : tensor<f64>
  %sum = theria.einsum "ic,ic,->" %error, %error, %half : (!wanted, !wanted, tensor<f64>) -> tensor<f64>
  %loss = tensor.extract %sum[] : tensor<f64>
  return %loss : f64
}
