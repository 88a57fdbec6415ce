// RUN: theria-opt %s --theria-simplify | FileCheck %s
// A constant factor is a scale; a dimension that it alone has keeps its size.

// CHECK-LABEL: @repeated
// CHECK-SAME: %[[X:.*]]: tensor<?xf64>, %[[N:.*]]: index
func.func @repeated(%x: tensor<?xf64>, %n: index) -> tensor<?x?xf64> {
  // CHECK: %[[Y:.*]] = theria.einsum "i->ij" %[[X]] sizes(%[[N]])
  // CHECK: arith.mulf %[[Y]]
  %c = arith.constant 2.0 : f64
  %two = tensor.splat %c[%n] : tensor<?xf64>
  %y = theria.einsum "i,j->ij" %x, %two : (tensor<?xf64>, tensor<?xf64>) -> tensor<?x?xf64>
  return %y : tensor<?x?xf64>
}

// CHECK-LABEL: @given
// CHECK-SAME: %[[X:.*]]: tensor<?xf64>, %[[N:.*]]: index, %[[M:.*]]: index
func.func @given(%x: tensor<?xf64>, %n: index, %m: index) -> tensor<?x?x?xf64> {
  // CHECK: theria.einsum "i->kij" %[[X]] sizes(%[[N]], %[[M]])
  %c = arith.constant 2.0 : f64
  %two = tensor.splat %c[%m] : tensor<?xf64>
  %y = theria.einsum "i,j->kij" %x, %two sizes(%n) : (tensor<?xf64>, tensor<?xf64>) -> tensor<?x?x?xf64>
  return %y : tensor<?x?x?xf64>
}
