// RUN: theria-opt %s --theria-resolve-sizes | FileCheck %s
// The size of a split, a joined, a filled or an elementwise result is one of its operands' or given where it is made.

// CHECK-LABEL: @sizes
// CHECK-SAME: %[[X:.*]]: tensor<?x6xf64>, %[[S:.*]]: f64, %[[N:.*]]: index
func.func @sizes(%x: tensor<?x6xf64>, %s: f64, %n: index) -> (index, index, index, index) {
  // CHECK-DAG: %[[D:.*]] = tensor.dim %[[X]], %{{.*}} : tensor<?x6xf64>
  // CHECK-DAG: %[[SIX:.*]] = arith.constant 6 : index
  // CHECK: %[[JOINED:.*]] = arith.muli %[[D]], %[[SIX]]
  // CHECK: %[[E:.*]] = tensor.dim %[[X]], %{{.*}} : tensor<?x6xf64>
  // CHECK: return %[[JOINED]], %[[N]], %[[N]], %[[E]] :
  %c0 = arith.constant 0 : index
  %joined = tensor.collapse_shape %x [[0, 1]] : tensor<?x6xf64> into tensor<?xf64>
  %filled = tensor.splat %s[%n] : tensor<?x4xf64>
  %split = tensor.expand_shape %filled [[0, 1], [2]] output_shape [%n, 1, 4] : tensor<?x4xf64> into tensor<?x1x4xf64>
  %e = math.exp %x : tensor<?x6xf64>
  %a = tensor.dim %joined, %c0 : tensor<?xf64>
  %b = tensor.dim %split, %c0 : tensor<?x1x4xf64>
  %c = tensor.dim %filled, %c0 : tensor<?x4xf64>
  %d = tensor.dim %e, %c0 : tensor<?x6xf64>
  return %a, %b, %c, %d : index, index, index, index
}
