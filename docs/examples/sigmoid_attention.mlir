// Sigmoid attention: each pair has a weight of its own, 1 / (1 + exp(−s)), instead of a share of its row. The learned
// bias takes the place of the normaliser; −log M is a good start. Keys after the query are masked by a predicate on
// coordinates: blocks in which it is false throughout are not visited.
//
//   theria-run docs/examples/sigmoid_attention.mlir --input=_ --input=_ --input=_ --input=-4.0 --fill=normal:1
//   theria-run docs/examples/sigmoid_attention.mlir --derive=vjp,jvp --fill=normal:1

!q = tensor<1x2x9x4xf64>
!k = tensor<1x2x7x4xf64>
!v = tensor<1x2x7x3xf64>
!o = tensor<1x2x9x3xf64>
!pair = tensor<1x2x9x7xf64, #theria.pair<rows = 2, cols = 3>>
!index = tensor<1x2x9x7xindex, #theria.pair<rows = 2, cols = 3>>
!mask = tensor<1x2x9x7xi1, #theria.pair<rows = 2, cols = 3>>

func.func @attention(%q: !q, %k: !k, %v: !v, %bias: f64) -> !o {
  %i = theria.coord dim = 2 : !index
  %j = theria.coord dim = 3 : !index
  %live = arith.cmpi sle, %j, %i : !index

  // 1/√D, for D = 4
  %scale = arith.constant dense<0.5> : tensor<f64>
  %products = theria.einsum "bhid,bhjd,->bhij" %q, %k, %scale where "bhij" %live : (!q, !k, tensor<f64>, !mask) -> !pair
  %biases = tensor.splat %bias : !pair
  %scores = arith.addf %products, %biases : !pair
  %negative = arith.negf %scores : !pair
  %exp = math.exp %negative : !pair
  %one = arith.constant dense<1.0> : !pair
  %sum = arith.addf %one, %exp : !pair
  %weights = arith.divf %one, %sum : !pair
  %out = theria.einsum "bhij,bhje->bhie" %weights, %v where "bhij" %live : (!pair, !v, !mask) -> !o
  return %out : !o
}
