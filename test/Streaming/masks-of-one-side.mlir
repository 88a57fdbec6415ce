// Masks of rows or of columns alone, pairs held in memory columns first, and coordinates of a batch as numbers.
// RUN: mkdir -p %t
// DEFINE: %{files} = @%t/0.npy --output=@%t/1.npy --output=@%t/2.npy --output=@%t/3.npy
// DEFINE: %{expected} = @%t/0.npy --expect=@%t/1.npy --expect=@%t/2.npy --expect=@%t/3.npy
// RUN: theria-run %s --fill=normal:1 --tile=16x16 --output=%{files}
// RUN: theria-run %s --fill=normal:1 --path=reference --rtol=1e-13 --expect=%{expected}
// RUN: theria-run %s --fill=normal:1 --path=oracle --rtol=1e-13 --expect=%{expected}

!pair = tensor<2x20x30xf64, #theria.pair<rows = 1, cols = 2>>
!int = tensor<2x20x30xi32, #theria.pair<rows = 1, cols = 2>>
!turned = tensor<2x30x20xf64, #theria.pair<rows = 2, cols = 1>>
!rows = tensor<2x20xf64>

func.func @f(%x: tensor<2x20x4xf64>, %y: tensor<2x30x4xf64>, %z: tensor<2x30x20xf64>, %c: tensor<2x30xf64>, %r: tensor<2x20xf64>) -> (!rows, !rows, tensor<2x30xf64>, !rows) {
  %zero = arith.constant 0.0 : f64
  %zeros = tensor.splat %zero : tensor<2x30xf64>
  %columns = arith.cmpf olt, %c, %zeros : tensor<2x30xf64>
  %some = tensor.splat %zero : tensor<2x20xf64>
  %live = arith.cmpf olt, %r, %some : tensor<2x20xf64>

  // The mask of a product, then that of a sum.
  %s = theria.einsum "bid,bjd->bij" %x, %y where "bj" %columns : (tensor<2x20x4xf64>, tensor<2x30x4xf64>, tensor<2x30xi1>) -> !pair
  %e = math.exp %s : !pair
  %0 = theria.einsum "bij->bi" %e : (!pair) -> !rows
  %1 = theria.einsum "bij->bi" %e where "bj" %columns : (!pair, tensor<2x30xi1>) -> !rows
  %2 = theria.einsum "bij->bj" %e where "bi" %live : (!pair, tensor<2x20xi1>) -> tensor<2x30xf64>

  // Weights from memory, and the number of the batch element.
  %turned = theria.pair_cast %z : tensor<2x30x20xf64> to !turned
  %b = theria.coord dim = 0 : !int
  %number = arith.sitofp %b : !int to !pair
  %3 = theria.einsum "bij,bji,bij->bi" %e, %turned, %number : (!pair, !turned, !pair) -> !rows
  return %0, %1, %2, %3 : !rows, !rows, tensor<2x30xf64>, !rows
}
