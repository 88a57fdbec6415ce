// Gradients of a table, and statistics with features, of sizes that the inputs bind.
// DEFINE: %{inputs} = --input=2x20x4xf64=normal:1 --input=2x30x4xf64=normal:2 --input=5xf64=normal:3 --input=2x20xf64=normal:4
// RUN: mkdir -p %t
// RUN: theria-run %s --function=scores --derive=vjp %{inputs} --tile=16x16 --output=_ --output=@%t/0.npy --output=@%t/1.npy --output=@%t/2.npy
// RUN: theria-run %s --function=scores --derive=vjp %{inputs} --path=reference --rtol=1e-12 --expect=_ --expect=@%t/0.npy --expect=@%t/1.npy --expect=@%t/2.npy
// RUN: theria-run %s --function=means --input=2x20x4xf64=normal:1 --input=2x30x4xf64=normal:2 --tile=16x16 --output=@%t/3.npy
// RUN: theria-run %s --function=means --input=2x20x4xf64=normal:1 --input=2x30x4xf64=normal:2 --path=reference --rtol=1e-12 --expect=@%t/3.npy

!pair = tensor<?x?x?xf64, #theria.pair<rows = 1, cols = 2>>
!index = tensor<?x?x?xindex, #theria.pair<rows = 1, cols = 2>>

// Σ_j exp(s_ij · table[(i + j) mod n]).
func.func @scores(%x: tensor<?x?x?xf64>, %y: tensor<?x?x?xf64>, %table: tensor<?xf64>) -> tensor<?x?xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %batch = tensor.dim %x, %c0 : tensor<?x?x?xf64>
  %rows = tensor.dim %x, %c1 : tensor<?x?x?xf64>
  %cols = tensor.dim %y, %c1 : tensor<?x?x?xf64>
  %n = tensor.dim %table, %c0 : tensor<?xf64>
  %s = theria.einsum "bid,bjd->bij" %x, %y : (tensor<?x?x?xf64>, tensor<?x?x?xf64>) -> !pair
  %i = theria.coord dim = 1 sizes(%batch, %rows, %cols) : !index
  %j = theria.coord dim = 2 sizes(%batch, %rows, %cols) : !index
  %sum = arith.addi %i, %j : !index
  %many = tensor.splat %n[%batch, %rows, %cols] : !index
  %at = arith.remui %sum, %many : !index
  %weight = theria.gather %table[%at] : (tensor<?xf64>, !index) -> !pair
  %t = arith.mulf %s, %weight : !pair
  %e = math.exp %t : !pair
  %r = theria.einsum "bij->bi" %e : (!pair) -> tensor<?x?xf64>
  return %r : tensor<?x?xf64>
}

// The mean of y under the scores, then how far each column is from it.
func.func @means(%x: tensor<?x?x?xf64>, %y: tensor<?x?x?xf64>) -> tensor<?x?xf64> {
  %s = theria.einsum "bid,bjd->bij" %x, %y : (tensor<?x?x?xf64>, tensor<?x?x?xf64>) -> !pair
  %mean = theria.einsum "bij,bjd->bid" %s, %y : (!pair, tensor<?x?x?xf64>) -> tensor<?x?x?xf64>
  %bent = math.tanh %mean : tensor<?x?x?xf64>
  %u = theria.einsum "bid,bjd->bij" %bent, %y : (tensor<?x?x?xf64>, tensor<?x?x?xf64>) -> !pair
  %v = arith.mulf %u, %s : !pair
  %e = math.sin %v : !pair
  %again = theria.einsum "bij,bjd->bid" %e, %y : (!pair, tensor<?x?x?xf64>) -> tensor<?x?x?xf64>
  %r = theria.einsum "bid,bid->bi" %again, %bent : (tensor<?x?x?xf64>, tensor<?x?x?xf64>) -> tensor<?x?xf64>
  return %r : tensor<?x?xf64>
}
