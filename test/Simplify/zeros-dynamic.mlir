// RUN: theria-opt %s --theria-simplify --split-input-file | FileCheck %s
// A zero whose sizes are not known is no term either, and a look-up in a table of zeros is zero.

// CHECK-LABEL: @terms
// CHECK-SAME: %[[X:.*]]: tensor<?xf64>, %[[N:.*]]: index
func.func @terms(%x: tensor<?xf64>, %n: index) -> (tensor<?xf64>, tensor<?xf64>, tensor<?xf64>) {
  // CHECK-DAG: %[[NEGATED:.*]] = arith.negf %[[X]]
  // CHECK-DAG: %[[ZERO:.*]] = tensor.splat %{{.*}}[%[[N]]]
  // CHECK: return %[[X]], %[[NEGATED]], %[[ZERO]]
  %c = arith.constant 0.0 : f64
  %zero = tensor.splat %c[%n] : tensor<?xf64>
  %difference = arith.subf %x, %zero : tensor<?xf64>
  %opposite = arith.subf %zero, %x : tensor<?xf64>
  %negated = arith.negf %zero : tensor<?xf64>
  return %difference, %opposite, %negated : tensor<?xf64>, tensor<?xf64>, tensor<?xf64>
}

// -----

// CHECK-LABEL: @look_up
// CHECK-SAME: %[[AT:.*]]: tensor<?xindex>
func.func @look_up(%at: tensor<?xindex>, %m: tensor<?xi1>) -> (tensor<?xf64>, tensor<?xf64>) {
  // CHECK: %[[SIZE:.*]] = tensor.dim %[[AT]]
  // CHECK: %[[ZERO:.*]] = tensor.splat %{{.*}}[%[[SIZE]]] : tensor<?xf64>
  // CHECK-NOT: theria.gather
  %table = arith.constant dense<0.0> : tensor<4xf64>
  %0 = theria.gather %table[%at] : (tensor<4xf64>, tensor<?xindex>) -> tensor<?xf64>
  %1 = theria.gather %table[%at] where %m : (tensor<4xf64>, tensor<?xindex>, tensor<?xi1>) -> tensor<?xf64>
  return %0, %1 : tensor<?xf64>, tensor<?xf64>
}
