// RUN: theria-opt %s --theria-simplify --split-input-file | FileCheck %s
// A constant zero is a term that is not there: 0·x = 0 whatever x is, x + 0 = x.

// CHECK-LABEL: @einsum
func.func @einsum(%x: tensor<3x4xf64>) -> tensor<3x5xf64> {
  // CHECK: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : tensor<3x5xf64>
  // CHECK-NEXT: return %[[ZERO]] :
  %zero = arith.constant dense<0.0> : tensor<4x5xf64>
  %y = theria.einsum "ij,jk->ik" %x, %zero : (tensor<3x4xf64>, tensor<4x5xf64>) -> tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

// -----

// CHECK-LABEL: @dynamic
// CHECK-SAME: %[[X:.*]]: tensor<?x4xf64>, %[[N:.*]]: index
func.func @dynamic(%x: tensor<?x4xf64>, %n: index) -> tensor<?x?xf64> {
  // CHECK-DAG: %[[ROWS:.*]] = tensor.dim %[[X]]
  // CHECK: %[[ZERO:.*]] = tensor.splat %{{.*}}[%[[ROWS]], %[[N]]] : tensor<?x?xf64>
  // CHECK-NEXT: return %[[ZERO]] :
  %c = arith.constant 0.0 : f64
  %zero = tensor.splat %c[%n] : tensor<4x?xf64>
  %y = theria.einsum "ij,jk->ik" %x, %zero : (tensor<?x4xf64>, tensor<4x?xf64>) -> tensor<?x?xf64>
  return %y : tensor<?x?xf64>
}

// -----

// CHECK-LABEL: @dead_tangents
// CHECK-SAME: %[[X:.*]]: tensor<3xf64>, %[[Y:.*]]: tensor<3xf64>
func.func @dead_tangents(%x: tensor<3xf64>, %y: tensor<3xf64>, %c: tensor<3xi1>) -> (tensor<3xf64>, tensor<3xf64>) {
  // CHECK-NEXT: %[[NEGATED:.*]] = arith.negf %[[Y]]
  // CHECK-NEXT: return %[[X]], %[[NEGATED]] :
  %zero = arith.constant dense<0.0> : tensor<3xf64>
  %product = arith.mulf %y, %zero : tensor<3xf64>
  %quotient = arith.divf %product, %y : tensor<3xf64>
  %negated = arith.negf %quotient : tensor<3xf64>
  %chosen = arith.select %c, %negated, %zero : tensor<3xi1>, tensor<3xf64>
  %sum = arith.addf %chosen, %x : tensor<3xf64>
  %difference = arith.subf %sum, %product : tensor<3xf64>
  %unused = math.exp %y : tensor<3xf64>
  %other = arith.subf %product, %y : tensor<3xf64>
  return %difference, %other : tensor<3xf64>, tensor<3xf64>
}

// -----

// CHECK-LABEL: @tables
func.func @tables(%i: tensor<5xindex>) -> (tensor<5xf64>, tensor<3xf64>) {
  // CHECK-DAG: %[[GATHERED:.*]] = arith.constant dense<0.000000e+00> : tensor<5xf64>
  // CHECK-DAG: %[[SCATTERED:.*]] = arith.constant dense<0.000000e+00> : tensor<3xf64>
  // CHECK: return %[[GATHERED]], %[[SCATTERED]] :
  %zero = arith.constant dense<0.0> : tensor<3xf64>
  %g = theria.gather %zero[%i] : (tensor<3xf64>, tensor<5xindex>) -> tensor<5xf64>
  %s = theria.scatter_add %g[%i] : (tensor<5xf64>, tensor<5xindex>) -> tensor<3xf64>
  return %g, %s : tensor<5xf64>, tensor<3xf64>
}

// -----

!pair = tensor<3x5xf64, #theria.pair<rows = 0, cols = 1>>

// A broadcast or cast of a constant is a constant; a masked one is not, unless it is zero.
// CHECK-LABEL: @constants
func.func @constants(%m: tensor<3x5xi1, #theria.pair<rows = 0, cols = 1>>) -> (!pair, !pair, !pair) {
  // CHECK-DAG: %[[TWO:.*]] = arith.constant dense<2.000000e+00> : tensor<3x5xf64, #theria.pair<rows = 0, cols = 1>>
  // CHECK-DAG: %[[ROW:.*]] = arith.constant dense<2.000000e+00> : tensor<3xf64>
  // CHECK-DAG: %[[MASKED:.*]] = theria.einsum "i->ij" %[[ROW]] where
  // CHECK: return %[[TWO]], %[[TWO]], %[[MASKED]] :
  %two = arith.constant dense<2.0> : tensor<3xf64>
  %b = theria.einsum "i->ij" %two : (tensor<3xf64>) -> !pair
  %dense = arith.constant dense<2.0> : tensor<3x5xf64>
  %c = theria.pair_cast %dense : tensor<3x5xf64> to !pair
  %masked = theria.einsum "i->ij" %two where "ij" %m : (tensor<3xf64>, tensor<3x5xi1, #theria.pair<rows = 0, cols = 1>>) -> !pair
  return %b, %c, %masked : !pair, !pair, !pair
}

// -----

// Zeros that are computed stay: only a constant says that a term is not there.
// CHECK-LABEL: @computed
func.func @computed(%x: tensor<3xf64>) -> tensor<3xf64> {
  // CHECK: arith.subf
  // CHECK: arith.mulf
  %zero = arith.subf %x, %x : tensor<3xf64>
  %y = arith.mulf %zero, %x : tensor<3xf64>
  return %y : tensor<3xf64>
}
