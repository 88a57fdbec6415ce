// Einsums of one text are one value only where their types are one.
// RUN: theria-opt %s --theria-simplify | FileCheck %s

// CHECK-LABEL: func.func @marked
// CHECK-DAG: %[[DENSE:.*]] = theria.einsum "i->ij" %arg0 : (tensor<3xf64>) -> tensor<3x4xf64>
// CHECK-DAG: %[[PAIR:.*]] = theria.einsum "i->ij" %arg0 : (tensor<3xf64>) -> tensor<3x4xf64, #
// CHECK: return %[[DENSE]], %[[PAIR]]
func.func @marked(%x: tensor<3xf64>) -> (tensor<3x4xf64>, tensor<3x4xf64, #theria.pair<rows = 0, cols = 1>>) {
  %a = theria.einsum "i->ij" %x : (tensor<3xf64>) -> tensor<3x4xf64>
  %b = theria.einsum "i->ij" %x : (tensor<3xf64>) -> tensor<3x4xf64, #theria.pair<rows = 0, cols = 1>>
  return %a, %b : tensor<3x4xf64>, tensor<3x4xf64, #theria.pair<rows = 0, cols = 1>>
}

// CHECK-LABEL: func.func @longer
// CHECK-DAG: theria.einsum "i->ij" %arg0 : (tensor<3xf64>) -> tensor<3x4xf64>
// CHECK-DAG: theria.einsum "i->ij" %arg0 : (tensor<3xf64>) -> tensor<3x5xf64>
func.func @longer(%x: tensor<3xf64>) -> (tensor<3x4xf64>, tensor<3x5xf64>) {
  %a = theria.einsum "i->ij" %x : (tensor<3xf64>) -> tensor<3x4xf64>
  %b = theria.einsum "i->ij" %x : (tensor<3xf64>) -> tensor<3x5xf64>
  return %a, %b : tensor<3x4xf64>, tensor<3x5xf64>
}
