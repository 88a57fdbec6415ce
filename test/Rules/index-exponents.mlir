// RUN: theria-opt %s --theria-expand-calculus --cse | FileCheck %s

// An exponent that is an index becomes a float by way of an integer.

func.func private @power(%x: f64, %n: index) -> f64 {
  %y = math.fpowi %x, %n : f64, index
  return %y : f64
}
// CHECK-LABEL: @slope
// CHECK-SAME: %[[X:.*]]: f64, %[[N:.*]]: index, %[[T:.*]]: f64
// CHECK-DAG: %[[WIDE:.*]] = arith.index_cast %[[N]] : index to i64
// CHECK-DAG: %[[FACTOR:.*]] = arith.sitofp %[[WIDE]] : i64 to f64
// CHECK: %[[POWER:.*]] = math.fpowi %[[X]], %{{.*}} : f64, index
// CHECK-NEXT: arith.mulf %[[FACTOR]], %[[POWER]]
func.func @slope(%x: f64, %n: index, %t: f64) -> f64 {
  %y, %ty = theria.jvp @power(%x, %n) tangents(%t) : (f64, index) -> (f64, f64)
  return %ty : f64
}

func.func private @powers(%x: tensor<?xf32>, %n: tensor<?xindex>) -> tensor<?xf32> {
  %y = math.fpowi %x, %n : tensor<?xf32>, tensor<?xindex>
  return %y : tensor<?xf32>
}
// CHECK-LABEL: @slopes
// CHECK: %[[WIDE:.*]] = arith.index_cast %{{.*}} : tensor<?xindex> to tensor<?xi64>
// CHECK: arith.sitofp %[[WIDE]] : tensor<?xi64> to tensor<?xf32>
func.func @slopes(%x: tensor<?xf32>, %n: tensor<?xindex>, %t: tensor<?xf32>) -> tensor<?xf32> {
  %y, %ty = theria.jvp @powers(%x, %n) tangents(%t) : (tensor<?xf32>, tensor<?xindex>) -> (tensor<?xf32>, tensor<?xf32>)
  return %ty : tensor<?xf32>
}
