// Sizes that no tensor has, and those that do not agree, are said where the oracle finds them.
// RUN: split-file %s %t

// RUN: not theria-run %t/negative.mlir --path=oracle --input=-1 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// NEGATIVE: negative.mlir:3:8: error: expected sizes of at least 0, but found -1; give tensors sizes that exist
//--- negative.mlir
func.func @f(%n: index) -> tensor<?xf64> {
  %one = arith.constant 1.0 : f64
  %y = tensor.splat %one[%n] : tensor<?xf64>
  return %y : tensor<?xf64>
}

// The product of two negative sizes is no number of elements.
// RUN: not theria-run %t/reshape.mlir --path=oracle --input=4xf64=ones --input=2xi32=-2 2>&1 | FileCheck %s --check-prefix=BELOW
// BELOW: reshape.mlir:2:8: error: expected sizes of at least 0, but found -2; give tensors sizes that exist
// RUN: not theria-run %t/reshape.mlir --path=oracle --input=4xf64=ones --input=2xi32=3 2>&1 | FileCheck %s --check-prefix=RESHAPE
// RESHAPE: reshape.mlir:2:8: error: expected a shape of 4 elements, but found one of 9; keep the number of elements
//--- reshape.mlir
func.func @f(%a: tensor<?xf64>, %shape: tensor<2xi32>) -> tensor<?x?xf64> {
  %y = tensor.reshape %a(%shape) : (tensor<?xf64>, tensor<2xi32>) -> tensor<?x?xf64>
  return %y : tensor<?x?xf64>
}

// RUN: not theria-run %t/cast.mlir --path=oracle --input=2xf64=ones 2>&1 | FileCheck %s --check-prefix=CAST
// CAST: cast.mlir:2:8: error: expected size 3 in dim 0, but found 2; give arrays whose sizes agree
//--- cast.mlir
func.func @f(%a: tensor<?xf64>) -> tensor<3xf64> {
  %y = tensor.cast %a : tensor<?xf64> to tensor<3xf64>
  return %y : tensor<3xf64>
}

// RUN: not theria-run %t/concat.mlir --path=oracle --input=2x2xf64=ones --input=3x2xf64=ones 2>&1 | FileCheck %s --check-prefix=CONCAT
// CONCAT: concat.mlir:2:8: error: expected operands of one size in dim 0, but found 2 and 3; give arrays whose sizes agree
//--- concat.mlir
func.func @f(%a: tensor<?x2xf64>, %b: tensor<?x2xf64>) -> tensor<?x4xf64> {
  %y = tensor.concat dim(1) %a, %b : (tensor<?x2xf64>, tensor<?x2xf64>) -> tensor<?x4xf64>
  return %y : tensor<?x4xf64>
}

// RUN: not theria-run %t/pad.mlir --path=oracle --input=2xf64=ones --input=-1 2>&1 | FileCheck %s --check-prefix=PAD
// PAD: pad.mlir:3:8: error: expected padding of at least 0, but found -1; take a slice to make a tensor smaller
//--- pad.mlir
func.func @f(%a: tensor<2xf64>, %n: index) -> tensor<?xf64> {
  %zero = arith.constant 0.0 : f64
  %y = tensor.pad %a low[%n] high[0] {
  ^bb0(%i: index):
    tensor.yield %zero : f64
  } : tensor<2xf64> to tensor<?xf64>
  return %y : tensor<?xf64>
}

// RUN: not theria-run %t/dim.mlir --path=oracle --input=2xf64=ones --input=1 2>&1 | FileCheck %s --check-prefix=DIM
// DIM: dim.mlir:2:8: error: expected a dim of a tensor of rank 1, but found 1; count dims from 0
//--- dim.mlir
func.func @f(%a: tensor<2xf64>, %i: index) -> index {
  %y = tensor.dim %a, %i : tensor<2xf64>
  return %y : index
}

// RUN: not theria-run %t/slice.mlir --path=oracle --input=3xf64=ones --input=2 2>&1 | FileCheck %s --check-prefix=SLICE
// SLICE: slice.mlir:2:8: error: expected a slice inside dim 0 of size 3, but found offset 2, size 2, stride 1; keep slices inside the tensor
//--- slice.mlir
func.func @f(%a: tensor<3xf64>, %i: index) -> tensor<2xf64> {
  %y = tensor.extract_slice %a[%i] [2] [1] : tensor<3xf64> to tensor<2xf64>
  return %y : tensor<2xf64>
}

// RUN: not theria-run %t/insert.mlir --path=oracle --input=3xf64=ones --input=1xf64=ones 2>&1 | FileCheck %s --check-prefix=INSERT
// INSERT: insert.mlir:3:8: error: expected a source of size 2 in dim 0 of the inserted slice, but found 1; insert a tensor of the slice's sizes
//--- insert.mlir
func.func @f(%a: tensor<3xf64>, %b: tensor<?xf64>) -> tensor<3xf64> {
  %two = arith.constant 2 : index
  %y = tensor.insert_slice %b into %a[0] [%two] [1] : tensor<?xf64> into tensor<3xf64>
  return %y : tensor<3xf64>
}
