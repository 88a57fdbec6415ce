// RUN: theria-opt %s --theria-simplify | FileCheck %s
// The size of a result is the size of what it was made from.

// CHECK-LABEL: @sizes
// CHECK-SAME: %[[X:[^:]*]]: tensor<?x4xf64>, %[[Y:[^:]*]]: tensor<?x4xf64>
func.func @sizes(%x: tensor<?x4xf64>, %y: tensor<?x4xf64>, %n: index) -> (index, index, index, index) {
  // CHECK-NOT: einsum
  // CHECK-DAG: %[[I:.*]] = tensor.dim %[[X]], %c0
  // CHECK-DAG: %[[J:.*]] = tensor.dim %[[Y]], %c0
  // CHECK: return %[[I]], %[[J]], %[[J]], %arg2
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %f = arith.constant 2.0 : f64
  %s = theria.einsum "id,jd->ij" %x, %y : (tensor<?x4xf64>, tensor<?x4xf64>) -> tensor<?x?xf64>
  %e = math.exp %s : tensor<?x?xf64>
  %l = theria.logsumexp %e dim = 0 : (tensor<?x?xf64>) -> tensor<?xf64>
  %t = tensor.splat %f[%n] : tensor<?xf64>
  %a = tensor.dim %e, %c0 : tensor<?x?xf64>
  %b = tensor.dim %e, %c1 : tensor<?x?xf64>
  %c = tensor.dim %l, %c0 : tensor<?xf64>
  %d = tensor.dim %t, %c0 : tensor<?xf64>
  return %a, %b, %c, %d : index, index, index, index
}

// A result's size stays known where the factor that had it leaves: of the einsum's operand, or among the sizes given.
// CHECK-LABEL: @leaves
// CHECK-SAME: %[[X:.*]]: tensor<2xf64>, %[[N:.*]]: index, %[[M:.*]]: index
func.func @leaves(%x: tensor<2xf64>, %n: index, %m: index) -> (tensor<2x?xf64>, tensor<2x?x?xf64>) {
  // CHECK-DAG: theria.einsum "i->ij" %[[X]] sizes(%[[N]]) : {{.*}} -> tensor<2x?xf64>
  // CHECK-DAG: theria.einsum "i->ijk" %[[X]] sizes(%[[N]], %[[M]]) : {{.*}} -> tensor<2x?x?xf64>
  %one = arith.constant 1.0 : f64
  %ones = tensor.splat %one[%n] : tensor<2x?xf64>
  %a = theria.einsum "ij,i->ij" %ones, %x : (tensor<2x?xf64>, tensor<2xf64>) -> tensor<2x?xf64>
  %two = arith.constant dense<1.0> : tensor<2xf64>
  %b = theria.einsum "i,i->ijk" %two, %x sizes(%n, %m) : (tensor<2xf64>, tensor<2xf64>) -> tensor<2x?x?xf64>
  return %a, %b : tensor<2x?xf64>, tensor<2x?x?xf64>
}
