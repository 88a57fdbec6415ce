// RUN: theria-opt %s --theria-simplify | FileCheck %s
// Each rule of zeros and constants by itself, of sizes that no folder of constants knows.

!x = tensor<?xf64>

// CHECK-LABEL: func.func @arithmetic(
// CHECK-SAME: %[[X:.*]]: tensor<?xf64>, %{{.*}}: index
// CHECK: %[[ZERO:.*]] = tensor.splat
// CHECK-NEXT: %[[MINUS:.*]] = arith.negf %[[X]] :
// CHECK-NEXT: %[[POLE:.*]] = arith.divf %[[X]], %[[ZERO]] :
// CHECK-NEXT: return %[[X]], %[[X]], %[[X]], %[[MINUS]], %[[ZERO]], %[[ZERO]], %[[ZERO]], %[[POLE]], %[[ZERO]] :
func.func @arithmetic(%x: !x, %n: index) -> (!x, !x, !x, !x, !x, !x, !x, !x, !x) {
  %c = arith.constant 0.0 : f64
  %zero = tensor.splat %c[%n] : !x
  %a = arith.addf %x, %zero : !x
  %b = arith.addf %zero, %x : !x
  %d = arith.subf %x, %zero : !x
  %e = arith.subf %zero, %x : !x
  %f = arith.mulf %x, %zero : !x
  %g = arith.mulf %zero, %x : !x
  %h = arith.divf %zero, %x : !x
  %i = arith.divf %x, %zero : !x
  %j = arith.negf %zero : !x
  return %a, %b, %d, %e, %f, %g, %h, %i, %j : !x, !x, !x, !x, !x, !x, !x, !x, !x
}

// CHECK-LABEL: func.func @choices(
// CHECK: %[[ZERO:.*]] = tensor.splat
// CHECK-NEXT: %[[A:.*]] = arith.select %arg2, %arg0, %[[ZERO]]
// CHECK-NEXT: %[[B:.*]] = arith.select %arg2, %[[ZERO]], %arg0
// CHECK-NEXT: return %[[ZERO]], %[[A]], %[[B]] :
func.func @choices(%x: !x, %n: index, %c: i1) -> (!x, !x, !x) {
  %none = arith.constant 0.0 : f64
  %zero = tensor.splat %none[%n] : !x
  %minus = arith.negf %zero : !x
  %a = arith.select %c, %zero, %minus : !x
  %b = arith.select %c, %x, %zero : !x
  %d = arith.select %c, %zero, %x : !x
  return %a, %b, %d : !x, !x, !x
}

// CHECK-LABEL: func.func @sums(
// CHECK-NOT: theria.einsum
// CHECK: %[[A:.*]] = tensor.splat %{{.*}}[%arg0] : tensor<?xf64>
// CHECK-NOT: theria.einsum
// CHECK: %[[B:.*]] = tensor.splat %{{.*}}[%arg0] : tensor<4x?xf64>
// CHECK-NEXT: %[[C:.*]] = tensor.splat %{{.*}}[%arg0] : tensor<4x?xf64>
// CHECK-NEXT: return %[[A]], %[[B]], %[[C]] :
func.func @sums(%n: index, %m: tensor<?x4xi1>) -> (!x, tensor<4x?xf64>, tensor<4x?xf64>) {
  %none = arith.constant 0.0 : f64
  %zero = tensor.splat %none[%n] : tensor<?x4xf64>
  %two = arith.constant 2.0 : f64
  %twos = tensor.splat %two[%n] : !x
  %a = theria.einsum "ij->i" %zero : (tensor<?x4xf64>) -> !x
  %b = theria.einsum "ij->ji" %zero where "ij" %m : (tensor<?x4xf64>, tensor<?x4xi1>) -> tensor<4x?xf64>
  %c = theria.einsum "i->ji" %twos : (!x) -> tensor<4x?xf64>
  return %a, %b, %c : !x, tensor<4x?xf64>, tensor<4x?xf64>
}

!p = tensor<?x4xf64, #theria.pair<rows = 0, cols = 1>>
// A table of twos is no table of zeros; a cast of twos is.
// CHECK-LABEL: func.func @tables(
// CHECK-DAG: %[[PAIRS:.*]] = tensor.splat %{{.*}} : tensor<?x4xf64, #theria.pair
// CHECK-DAG: %[[NOTHING:.*]] = tensor.splat %{{.*}} : tensor<?xf64>
// CHECK-DAG: %[[G:.*]] = theria.gather %{{.*}}[%arg1] where %arg2
// CHECK-DAG: %[[S:.*]] = theria.scatter_add
// CHECK: return %[[G]], %[[S]], %splat{{[_0-9]*}}, %splat{{[_0-9]*}}, %[[PAIRS]] :
func.func @tables(%n: index, %i: tensor<?xindex>, %m: tensor<?xi1>) -> (!x, tensor<3xf64>, !x, !x, !p) {
  %two = arith.constant 2.0 : f64
  %twos = tensor.splat %two[%n] : !x
  %none = arith.constant 0.0 : f64
  %zero = tensor.splat %none[%n] : !x
  %pairs = tensor.splat %two[%n] : tensor<?x4xf64>
  %g = theria.gather %twos[%i] where %m : (!x, tensor<?xindex>, tensor<?xi1>) -> !x
  %s = theria.scatter_add %twos[%i] : (!x, tensor<?xindex>) -> tensor<3xf64>
  %h = theria.gather %zero[%i] : (!x, tensor<?xindex>) -> !x
  %t = theria.scatter_add %zero[%i] sizes(%n) : (!x, tensor<?xindex>) -> !x
  %p = theria.pair_cast %pairs : tensor<?x4xf64> to !p
  return %g, %s, %h, %t, %p : !x, tensor<3xf64>, !x, !x, !p
}
