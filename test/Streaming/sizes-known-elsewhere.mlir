// Sizes that one tensor's type leaves open and another's tells, or that an operation of upstream's knows.

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
