// Coordinates that wrap in a narrow type, and sums of them, are no bounds of a block. Of 300 columns, as bytes, 272 are below
// 100, and 100 added to 116 wraps.
// RUN: theria-run %s --fill=ones | FileCheck %s
// RUN: theria-run %s --fill=ones --path=reference | FileCheck %s
// CHECK: result 0: tensor<4xf64>, values 816, 816, 816, 816,
// CHECK: result 1: tensor<4xf64>, values 816, 816, 816, 816,
// CHECK: result 2: tensor<4xf64>, values 348, 348, 348, 348,

!pair = tensor<4x300xf64, #theria.pair<rows = 0, cols = 1>>
!index = tensor<4x300xindex, #theria.pair<rows = 0, cols = 1>>
!byte = tensor<4x300xi8, #theria.pair<rows = 0, cols = 1>>
!mask = tensor<4x300xi1, #theria.pair<rows = 0, cols = 1>>

func.func @f(%x: tensor<4x3xf64>, %y: tensor<300x3xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  %s = theria.einsum "id,jd->ij" %x, %y : (tensor<4x3xf64>, tensor<300x3xf64>) -> !pair
  %hundred = arith.constant dense<100> : !byte
  %own = theria.coord dim = 1 : !byte
  %below = arith.cmpi slt, %own, %hundred : !byte
  %a = theria.einsum "ij->i" %s where "ij" %below : (!pair, !mask) -> tensor<4xf64>
  %column = theria.coord dim = 1 : !index
  %narrow = arith.index_cast %column : !index to !byte
  %same = arith.cmpi slt, %narrow, %hundred : !byte
  %b = theria.einsum "ij->i" %s where "ij" %same : (!pair, !mask) -> tensor<4xf64>
  %sum = arith.addi %narrow, %hundred : !byte
  %after = arith.cmpi slt, %sum, %narrow : !byte
  %c = theria.einsum "ij->i" %s where "ij" %after : (!pair, !mask) -> tensor<4xf64>
  return %a, %b, %c : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}
