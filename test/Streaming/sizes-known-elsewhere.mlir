// Sizes that one tensor's type leaves open and another's tells, or that an operation of upstream's knows.

// The mask has four heads, so that the query has too.
// RUN: theria-run %s --function=heads --input=1x4x5x4xf32=normal:1 --input=1x2x6x4xf32=normal:2 --input=1x2x6x3xf32=normal:3 \
// RUN:   --input=1x4x5x6xi1=uniform:4 --check --check-lines=accuracy,stages | FileCheck %s
// RUN: theria-run %s --function=heads --derive=vjp --input=1x4x5x4xf32=normal:1 --input=1x2x6x4xf32=normal:2 \
// RUN:   --input=1x2x6x3xf32=normal:3 --input=1x4x5x6xi1=uniform:4 --input=1x4x5x3xf32=normal:5 --check --check-lines=accuracy,stages | FileCheck %s
// CHECK: none fail
func.func @heads(%q: tensor<?x?x5x4xf32>, %k: tensor<1x2x?x4xf32>, %v: tensor<1x2x?x3xf32>, %m: tensor<1x4x5x?xi1>)
    -> tensor<?x?x5x3xf32> {
  %out, %lse = theria.sdpa %q, %k, %v mask(%m) : (tensor<?x?x5x4xf32>, tensor<1x2x?x4xf32>, tensor<1x2x?x3xf32>, tensor<1x4x5x?xi1>)
             -> (tensor<?x?x5x3xf32>, tensor<?x?x5xf32>)
  return %out : tensor<?x?x5x3xf32>
}

// The rows of what is collapsed: the report counts them, and the memory that they need.
// RUN: theria-run %s --function=collapsed --input=3x4x5xf32=ones --fill=ones --report | FileCheck %s --check-prefix=ROWS
// ROWS: stream 0: rows 12, columns 7
!p = tensor<?x7xf32, #theria.pair<rows = 0, cols = 1>>
func.func @collapsed(%x: tensor<?x4x5xf32>, %y: tensor<7x5xf32>) -> tensor<?x5xf32> {
  %c = tensor.collapse_shape %x [[0, 1], [2]] : tensor<?x4x5xf32> into tensor<?x5xf32>
  %s = theria.einsum "id,jd->ij" %c, %y : (tensor<?x5xf32>, tensor<7x5xf32>) -> !p
  %e = math.exp %s : !p
  %r = theria.einsum "ij,jd->id" %e, %y : (!p, tensor<7x5xf32>) -> tensor<?x5xf32>
  return %r : tensor<?x5xf32>
}

// One sum's features are known, the other's aren't: tiles of two sizes, which share no accumulator.
// RUN: theria-opt %s --theria-form-sweeps="schedule=one-sided feature-tile=16" | FileCheck %s --check-prefix=SUMS
// SUMS-LABEL: func.func @sums(
// SUMS-SAME: accumulators = [{{[{][^+}]*[}], [{][^+}]*[}]}}], blocks
!q = tensor<?x7xf32, #theria.pair<rows = 0, cols = 1>>
func.func @sums(%a: tensor<?x?xf32>, %b: tensor<7x?xf32>, %c: tensor<7x3xf32>) -> tensor<?x?xf32> {
  %s = theria.einsum "id,jd->ij" %a, %b : (tensor<?x?xf32>, tensor<7x?xf32>) -> !q
  %x = theria.einsum "ij,jd->id" %s, %b : (!q, tensor<7x?xf32>) -> tensor<?x?xf32>
  %y = theria.einsum "ij,jd->id" %s, %c : (!q, tensor<7x3xf32>) -> tensor<?x?xf32>
  %sum = arith.addf %x, %y : tensor<?x?xf32>
  return %sum : tensor<?x?xf32>
}
