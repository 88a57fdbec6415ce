// RUN: theria-opt %s --theria-simplify --split-input-file | FileCheck %s
// Negation is exact: signs move outwards and meet sums.

// CHECK-LABEL: @units
// CHECK-SAME: %[[X:.*]]: tensor<?xf64>
func.func @units(%x: tensor<?xf64>, %n: index) -> (tensor<?xf64>, tensor<?xf64>) {
  // CHECK-NEXT: %[[MINUS:.*]] = arith.negf %[[X]]
  // CHECK-NEXT: return %[[X]], %[[MINUS]] :
  %c1 = arith.constant 1.0 : f64
  %cm = arith.constant -1.0 : f64
  %one = tensor.splat %c1[%n] : tensor<?xf64>
  %minus = tensor.splat %cm[%n] : tensor<?xf64>
  %a = arith.mulf %one, %x : tensor<?xf64>
  %b = arith.mulf %x, %minus : tensor<?xf64>
  return %a, %b : tensor<?xf64>, tensor<?xf64>
}

// -----

// CHECK-LABEL: @twice
// CHECK-SAME: %[[X:.*]]: f64, %[[Y:.*]]: f64
func.func @twice(%x: f64, %y: f64) -> (f64, f64, f64) {
  // CHECK-DAG: %[[PRODUCT:.*]] = arith.mulf %[[X]], %[[Y]]
  // CHECK-DAG: %[[QUOTIENT:.*]] = arith.divf %[[X]], %[[Y]]
  // CHECK-DAG: %[[NEGATED:.*]] = arith.negf %[[QUOTIENT]]
  // CHECK: return %[[PRODUCT]], %[[NEGATED]], %[[X]] :
  %nx = arith.negf %x : f64
  %ny = arith.negf %y : f64
  %product = arith.mulf %nx, %ny : f64
  %quotient = arith.divf %x, %ny : f64
  %nnx = arith.negf %nx : f64
  return %product, %quotient, %nnx : f64, f64, f64
}

// -----

// CHECK-LABEL: @sums
// CHECK-SAME: %[[X:.*]]: tensor<3xf64>, %[[Y:.*]]: tensor<3xf64>
func.func @sums(%x: tensor<3xf64>, %y: tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) {
  // CHECK-DAG: %[[A:.*]] = arith.subf %[[X]], %[[Y]]
  // CHECK-DAG: %[[B:.*]] = arith.subf %[[Y]], %[[X]]
  // CHECK-DAG: %[[C:.*]] = arith.addf %[[X]], %[[Y]]
  // CHECK-DAG: %[[D:.*]] = arith.negf %[[C]]
  // CHECK: return %[[A]], %[[B]], %[[C]], %[[D]] :
  %nx = arith.negf %x : tensor<3xf64>
  %ny = arith.negf %y : tensor<3xf64>
  %a = arith.addf %x, %ny : tensor<3xf64>
  %b = arith.addf %nx, %y : tensor<3xf64>
  %c = arith.subf %x, %ny : tensor<3xf64>
  %d = arith.subf %nx, %y : tensor<3xf64>
  return %a, %b, %c, %d : tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>
}

// -----

// Other constants stay where they are.
// CHECK-LABEL: @two
func.func @two(%x: tensor<3xf64>) -> tensor<3xf64> {
  // CHECK: arith.mulf
  %two = arith.constant dense<2.0> : tensor<3xf64>
  %y = arith.mulf %x, %two : tensor<3xf64>
  return %y : tensor<3xf64>
}
