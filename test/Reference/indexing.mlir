// coord, gather and scatter_add; an index that a mask hides is not read, any other is checked.
// RUN: theria-run %s --function=look --input=4 --input=2 | FileCheck %s
// RUN: not theria-run %s --function=look --input=4 --input=9 2>&1 | FileCheck %s --check-prefix=GATHER
// RUN: not theria-run %s --function=look --input=4 --input=-1 2>&1 | FileCheck %s --check-prefix=BELOW
// RUN: not theria-run %s --function=look --input=3 --input=2 2>&1 | FileCheck %s --check-prefix=SCATTER
// RUN: theria-run %s --function=small | FileCheck %s --check-prefix=SMALL
// RUN: theria-run %s --function=coordinates --input=3 --input=-7 | FileCheck %s --check-prefix=COORD

// CHECK: values 5, 11, 11, 0
// CHECK: values 0, 0, 0, 0, 0, 5, 0, 0, norm 22.5610283
// BELOW: but found -1
func.func @look(%rows: index, %column: index) -> (tensor<4xf32>, tensor<?x3xf32>) {
  %table = arith.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0], [6.0, 7.0, 8.0], [9.0, 10.0, 11.0]]> : tensor<4x3xf32>
  %i = arith.constant dense<[1, 3, 3, 99]> : tensor<4xi32>
  %other = arith.constant -5 : index
  %j = tensor.from_elements %column, %column, %column, %other : tensor<4xindex>
  %m = arith.constant dense<[true, true, true, false]> : tensor<4xi1>
  // GATHER: indexing.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected an index of at least 0 and below 3 into dim 1 of the table, but found 9; keep indices inside
  %g = theria.gather %table[%i, %j] where %m
     : (tensor<4x3xf32>, tensor<4xi32>, tensor<4xindex>, tensor<4xi1>) -> tensor<4xf32>
  // SCATTER: indexing.mlir:[[#@LINE+1]]:{{[0-9]+}}: error: expected an index of at least 0 and below 3 into dim 0 of the table, but found 3
  %s = theria.scatter_add %g[%i, %j] where %m sizes(%rows)
     : (tensor<4xf32>, tensor<4xi32>, tensor<4xindex>, tensor<4xi1>) -> tensor<?x3xf32>
  return %g, %s : tensor<4xf32>, tensor<?x3xf32>
}

// A bf16 would stop at 256 when ones are added; in f32 the sum is 512, which bf16 holds.
// SMALL: value 512
func.func @small() -> bf16 {
  %ones = arith.constant dense<1.0> : tensor<512xbf16>
  %s = theria.scatter_add %ones[] : (tensor<512xbf16>) -> tensor<bf16>
  %sum = tensor.extract %s[] : tensor<bf16>
  return %sum : bf16
}

// COORD: values 0, 0, 0, 1, 1, 1
// COORD: values -7, -6, -5, -7, -6, -5
func.func @coordinates(%n: index, %offset: index) -> (tensor<2x?xindex>, tensor<2x?xi16>) {
  %i = theria.coord dim = 0 sizes(%n) : tensor<2x?xindex>
  %j = theria.coord dim = 1 sizes(%n) offset(%offset) : tensor<2x?xi16>
  return %i, %j : tensor<2x?xindex>, tensor<2x?xi16>
}
