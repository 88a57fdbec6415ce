// RUN: theria-opt %s --theria-simplify --split-input-file | FileCheck %s
// Masks of what leaves a masked sum: where any of the places that are summed is live.

!heads = tensor<2x5x7xf64, #theria.pair<rows = 1, cols = 2>>
!between = tensor<5x2x7xf64, #theria.pair<rows = 0, cols = 2>>
!pair = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>

// Pairs that live in any head are pairs.
// CHECK-LABEL: @heads
func.func @heads(%p: !heads, %c: !pair, %m: tensor<2x5x7xi1, #theria.pair<rows = 1, cols = 2>>) -> !pair {
  // CHECK: theria.reduce_max {{.*}} dim = 0 where %arg2 {{.*}} -> tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
  %r = theria.einsum "hij,ij->ij" %p, %c where "hij" %m : (!heads, !pair, tensor<2x5x7xi1, #theria.pair<rows = 1, cols = 2>>) -> !pair
  return %r : !pair
}
// CHECK-LABEL: @between
func.func @between(%p: !between, %c: !pair, %m: tensor<5x2x7xi1, #theria.pair<rows = 0, cols = 2>>) -> !pair {
  // CHECK: theria.reduce_max {{.*}} dim = 1 where %arg2 {{.*}} -> tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
  %r = theria.einsum "ihj,ij->ij" %p, %c where "ihj" %m : (!between, !pair, tensor<5x2x7xi1, #theria.pair<rows = 0, cols = 2>>) -> !pair
  return %r : !pair
}

// -----

!heads = tensor<2x5x7xf64, #theria.pair<rows = 1, cols = 2>>
!live = tensor<2x5x7xi1, #theria.pair<rows = 1, cols = 2>>

// The columns of pairs go first: then nothing in between is one of pairs.
// CHECK-LABEL: @columns_first
func.func @columns_first(%p: !heads, %c: tensor<5xf64>, %m: !live) -> tensor<5xf64> {
  // CHECK: %[[ANY:.*]] = theria.reduce_max {{.*}} dim = 2 where %arg2 {{.*}} -> tensor<2x5xf64>
  // CHECK: theria.reduce_max %[[ANY]] dim = 0
  %r = theria.einsum "hij,i->i" %p, %c where "hij" %m : (!heads, tensor<5xf64>, !live) -> tensor<5xf64>
  return %r : tensor<5xf64>
}

// -----

// A sum under another mask is not known to vanish where this one is dead.
// CHECK-LABEL: @other_mask
func.func @other_mask(%x: tensor<5x7xf64>, %p: tensor<5x7xf64>, %m: tensor<5x7xi1>, %n: tensor<5x7xi1>) -> tensor<5xf64> {
  // CHECK: theria.reduce_max {{.*}} dim = 1 where %arg2
  // CHECK: theria.einsum "i,i->i" {{.*}} where "i"
  %s = theria.einsum "ij->i" %x where "ij" %n : (tensor<5x7xf64>, tensor<5x7xi1>) -> tensor<5xf64>
  %r = theria.einsum "ij,i->i" %p, %s where "ij" %m : (tensor<5x7xf64>, tensor<5xf64>, tensor<5x7xi1>) -> tensor<5xf64>
  return %r : tensor<5xf64>
}

// -----

// What is compared has the sizes of the mask.
// CHECK-LABEL: @unknown_sizes
func.func @unknown_sizes(%p: tensor<?x?xf64>, %c: tensor<?xf64>, %m: tensor<?x?xi1>) -> tensor<?xf64> {
  // CHECK: %[[ZERO:.*]] = tensor.splat %{{.*}}[%{{.*}}, %{{.*}}] : tensor<?x?xf64>
  // CHECK: theria.reduce_max %[[ZERO]] dim = 1 where %arg2
  %r = theria.einsum "ij,i->i" %p, %c where "ij" %m : (tensor<?x?xf64>, tensor<?xf64>, tensor<?x?xi1>) -> tensor<?xf64>
  return %r : tensor<?xf64>
}
