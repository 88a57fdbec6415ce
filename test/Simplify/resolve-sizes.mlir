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

// So is that of a cast, which nothing else needs.
// CHECK-LABEL: @cast(
// CHECK-NOT: tensor.cast
// CHECK: tensor.dim %arg0, %{{.*}} : tensor<?x6xf64>
func.func @cast(%x: tensor<?x6xf64>) -> index {
  %c0 = arith.constant 0 : index
  %y = tensor.cast %x : tensor<?x6xf64> to tensor<?x?xf64>
  %d = tensor.dim %y, %c0 : tensor<?x?xf64>
  return %d : index
}

// A size is computed where the tensor was: once for all branches.
// CHECK-LABEL: @branches(
// CHECK: tensor.dim
// CHECK: arith.addi
// CHECK: scf.if
// CHECK-NOT: tensor.dim
// CHECK: return
func.func @branches(%x: tensor<?x6xf64>, %b: i1) -> index {
  %c0 = arith.constant 0 : index
  %y = tensor.concat dim(0) %x, %x : (tensor<?x6xf64>, tensor<?x6xf64>) -> tensor<?x6xf64>
  %r = scf.if %b -> index {
    %d = tensor.dim %y, %c0 : tensor<?x6xf64>
    scf.yield %d : index
  } else {
    scf.yield %c0 : index
  }
  return %r : index
}

// Nothing else changes, not even what is known.
// CHECK-LABEL: @known(
// CHECK: arith.addi
// CHECK: arith.addi
func.func @known(%i: index) -> index {
  %two = arith.constant 2 : index
  %three = arith.constant 3 : index
  %five = arith.addi %two, %three : index
  %r = arith.addi %i, %five : index
  return %r : index
}
