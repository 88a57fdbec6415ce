// RUN: theria-opt %s --theria-simplify --split-input-file | FileCheck %s
// A masked pair contributes nothing and a row without live pairs gives nothing, whatever the operands hold. Where a
// rewrite moves a factor out of a masked sum, it carries the rows that have a live pair.

!pair = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
!mask = tensor<5x7xi1, #theria.pair<rows = 0, cols = 1>>

// CHECK-LABEL: @reassociation
// CHECK-SAME: %[[R:[^:]*]]: tensor<5x4xf64>, %{{.*}}: tensor<7x4xf64>, %[[M:[^:]*]]: tensor<5x7xi1
func.func @reassociation(%w: !pair, %r: tensor<5x4xf64>, %c: tensor<7x4xf64>, %m: !mask) -> (tensor<5xf64>, tensor<5x4xf64>) {
  // CHECK-DAG: %[[ZEROS:.*]] = arith.constant dense<0.000000e+00> : tensor<5x7xf64, #theria.pair
  // CHECK-DAG: %[[NONE:.*]] = arith.constant dense<0xFFF0000000000000> : tensor<5xf64>
  // CHECK: %[[O:.*]] = theria.einsum "ij,jd->id" %{{.*}}, %{{.*}} where "ij" %[[M]]
  // CHECK: %[[MAX:.*]] = theria.reduce_max %[[ZEROS]] dim = 1 where %[[M]]
  // CHECK: %[[LIVE:.*]] = arith.cmpf une, %[[MAX]], %[[NONE]]
  // CHECK: theria.einsum "id,id->i" %[[R]], %[[O]] where "i" %[[LIVE]]
  %o = theria.einsum "ij,jd->id" %w, %c where "ij" %m : (!pair, tensor<7x4xf64>, !mask) -> tensor<5x4xf64>
  %rc = theria.einsum "id,jd->ij" %r, %c where "ij" %m : (tensor<5x4xf64>, tensor<7x4xf64>, !mask) -> !pair
  %s = theria.einsum "ij,ij->i" %rc, %w where "ij" %m : (!pair, !pair, !mask) -> tensor<5xf64>
  return %s, %o : tensor<5xf64>, tensor<5x4xf64>
}

// -----

!pair = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
!mask = tensor<5x7xi1, #theria.pair<rows = 0, cols = 1>>

// A factor that any row may hold needs the live rows; one that is itself a sum under the mask is 0 on the others.
// CHECK-LABEL: @row_constant
func.func @row_constant(%p: !pair, %c: tensor<5xf64>, %x: tensor<7x4xf64>, %m: !mask) -> (tensor<5x4xf64>, tensor<5x4xf64>) {
  // CHECK: %[[O:.*]] = theria.einsum "ij,jd->id" %arg0, %arg2 where "ij" %arg3
  // CHECK: %[[LIVE:.*]] = arith.cmpf une
  // CHECK: theria.einsum "i,id->id" %arg1, %[[O]] where "i" %[[LIVE]]
  // CHECK: %[[MEAN:.*]] = theria.einsum "ij->i" %arg0 where "ij" %arg3
  // CHECK: theria.einsum "i,id->id" %[[MEAN]], %[[O]] : (
  %b = theria.einsum "i->ij" %c where "ij" %m : (tensor<5xf64>, !mask) -> !pair
  %pb = arith.mulf %p, %b : !pair
  %s = theria.einsum "ij,jd->id" %pb, %x where "ij" %m : (!pair, tensor<7x4xf64>, !mask) -> tensor<5x4xf64>
  %mean = theria.einsum "ij->i" %p where "ij" %m : (!pair, !mask) -> tensor<5xf64>
  %d = theria.einsum "i->ij" %mean where "ij" %m : (tensor<5xf64>, !mask) -> !pair
  %pd = arith.mulf %p, %d : !pair
  %t = theria.einsum "ij,jd->id" %pd, %x where "ij" %m : (!pair, tensor<7x4xf64>, !mask) -> tensor<5x4xf64>
  return %s, %t : tensor<5x4xf64>, tensor<5x4xf64>
}

// -----

!pair = tensor<5x7xf64, #theria.pair<rows = 0, cols = 1>>
!mask = tensor<5x7xi1, #theria.pair<rows = 0, cols = 1>>

// No rewrite where masks differ: what one of them hides the other would show.
// CHECK-LABEL: @different
func.func @different(%live: tensor<5xi1>, %dense: tensor<5x7xf64>, %w: !pair, %r: tensor<5x4xf64>, %c: tensor<7x4xf64>, %m: !mask, %n: !mask) -> (tensor<5xf64>, tensor<5xf64>, tensor<5x4xf64>, tensor<5x7xf64>) {
  // CHECK: theria.einsum "ij,ij->i"
  // CHECK: theria.einsum "ij,ij->i"
  // CHECK: theria.einsum "i,ij->ij"
  %o = theria.einsum "ij,jd->id" %w, %c where "ij" %m : (!pair, tensor<7x4xf64>, !mask) -> tensor<5x4xf64>
  %rc = theria.einsum "id,jd->ij" %r, %c where "ij" %m : (tensor<5x4xf64>, tensor<7x4xf64>, !mask) -> !pair
  %s = theria.einsum "ij,ij->i" %rc, %w where "ij" %n : (!pair, !pair, !mask) -> tensor<5xf64>
  %t = theria.einsum "ij,ij->i" %rc, %w : (!pair, !pair) -> tensor<5xf64>
  %k = theria.einsum "i->i" %s where "i" %live : (tensor<5xf64>, tensor<5xi1>) -> tensor<5xf64>
  %u = theria.einsum "i,ij->ij" %k, %dense : (tensor<5xf64>, tensor<5x7xf64>) -> tensor<5x7xf64>
  return %s, %t, %o, %u : tensor<5xf64>, tensor<5xf64>, tensor<5x4xf64>, tensor<5x7xf64>
}

// -----

// A mask of what is not summed leaves the sum as it is computed anyway.
// CHECK-LABEL: @outside
func.func @outside(%x: tensor<5x7xf64>, %y: tensor<7x4xf64>, %z: tensor<5x4xf64>, %m: tensor<5xi1>) -> (tensor<5x4xf64>, tensor<5xf64>) {
  // CHECK: %[[O:.*]] = theria.einsum "ij,jd->id" %arg0, %arg1
  // CHECK: theria.einsum "id,id->i" %arg2, %[[O]] where "i" %arg3
  %o = theria.einsum "ij,jd->id" %x, %y : (tensor<5x7xf64>, tensor<7x4xf64>) -> tensor<5x4xf64>
  %r = theria.einsum "ij,jd,id->i" %x, %y, %z where "i" %m : (tensor<5x7xf64>, tensor<7x4xf64>, tensor<5x4xf64>, tensor<5xi1>) -> tensor<5xf64>
  return %o, %r : tensor<5x4xf64>, tensor<5xf64>
}
