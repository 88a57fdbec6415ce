// RUN: theria-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @coord_of_size_1(
// CHECK-DAG: %[[ZERO:.*]] = arith.constant dense<0> : tensor<1x3xindex>
// CHECK-DAG: %[[SEVEN:.*]] = arith.constant dense<7> : tensor<1x3xi32>
// CHECK: return %[[ZERO]], %[[SEVEN]] :
func.func @coord_of_size_1() -> (tensor<1x3xindex>, tensor<1x3xi32>) {
  %i = theria.coord dim = 0 : tensor<1x3xindex>
  %seven = arith.constant 7 : index
  %j = theria.coord dim = 0 offset(%seven) : tensor<1x3xi32>
  return %i, %j : tensor<1x3xindex>, tensor<1x3xi32>
}

// CHECK-LABEL: func.func @coord_offset_0(
// CHECK: theria.coord dim = 0 sizes(%{{[^)]*}}) : tensor<?xindex>
// CHECK: theria.coord dim = 0 offset(%{{.*}}) : tensor<1xindex>
func.func @coord_offset_0(%n: index) -> (tensor<?xindex>, tensor<1xindex>) {
  %zero = arith.constant 0 : index
  %i = theria.coord dim = 0 sizes(%n) offset(%zero) : tensor<?xindex>
  %j = theria.coord dim = 0 offset(%n) : tensor<1xindex>
  return %i, %j : tensor<?xindex>, tensor<1xindex>
}

// CHECK-LABEL: func.func @gather_of_a_constant(
// CHECK: arith.constant dense<5.000000e-01> : tensor<4xf32>
// CHECK-NOT: theria.gather
func.func @gather_of_a_constant(%i: tensor<4xindex>) -> tensor<4xf32> {
  %t = arith.constant dense<0.5> : tensor<9xf32>
  %g = theria.gather %t[%i] : (tensor<9xf32>, tensor<4xindex>) -> tensor<4xf32>
  return %g : tensor<4xf32>
}

// Under a mask the result is 0 elsewhere, so only a table of zeros folds.
// CHECK-LABEL: func.func @masked_gather_of_a_constant(
// CHECK: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK: %[[G:.*]] = theria.gather
// CHECK-NOT: theria.gather
// CHECK: return %[[G]], %[[ZERO]] :
func.func @masked_gather_of_a_constant(%i: tensor<4xindex>, %m: tensor<4xi1>) -> (tensor<4xf32>, tensor<4xf32>) {
  %t = arith.constant dense<0.5> : tensor<9xf32>
  %g = theria.gather %t[%i] where %m : (tensor<9xf32>, tensor<4xindex>, tensor<4xi1>) -> tensor<4xf32>
  %z = arith.constant dense<0.0> : tensor<9xf32>
  %h = theria.gather %z[%i] where %m : (tensor<9xf32>, tensor<4xindex>, tensor<4xi1>) -> tensor<4xf32>
  return %g, %h : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @masks(
// CHECK: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK: %[[G:.*]] = theria.gather %{{.*}}[%{{.*}}] : (tensor<4xf32>, tensor<4xindex>) -> tensor<4xf32>
// CHECK: return %[[G]], %[[ZERO]] :
func.func @masks(%t: tensor<4xf32>, %i: tensor<4xindex>) -> (tensor<4xf32>, tensor<4xf32>) {
  %true = arith.constant dense<true> : tensor<4xi1>
  %false = arith.constant dense<false> : tensor<4xi1>
  %g = theria.gather %t[%i] where %true : (tensor<4xf32>, tensor<4xindex>, tensor<4xi1>) -> tensor<4xf32>
  %s = theria.scatter_add %t[%i] where %false : (tensor<4xf32>, tensor<4xindex>, tensor<4xi1>) -> tensor<4xf32>
  return %g, %s : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @scatter_add_of_zeros(
// CHECK: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : tensor<9xf32>
// CHECK: return %[[ZERO]] :
func.func @scatter_add_of_zeros(%i: tensor<4xindex>) -> tensor<9xf32> {
  %z = arith.constant dense<0.0> : tensor<4xf32>
  %t = theria.scatter_add %z[%i] : (tensor<4xf32>, tensor<4xindex>) -> tensor<9xf32>
  return %t : tensor<9xf32>
}

// A tensor without elements has only zeros; one with a single element may hold anything.
// CHECK-LABEL: func.func @number_of_updates(
// CHECK: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : tensor<9xf32>
// CHECK: %[[ONE:.*]] = theria.scatter_add
// CHECK: return %[[ZERO]], %[[ONE]] :
func.func @number_of_updates(%u: tensor<0xf32>, %v: tensor<1xf32>, %i: tensor<0xindex>, %j: tensor<1xindex>)
    -> (tensor<9xf32>, tensor<9xf32>) {
  %none = theria.scatter_add %u[%i] : (tensor<0xf32>, tensor<0xindex>) -> tensor<9xf32>
  %one = theria.scatter_add %v[%j] : (tensor<1xf32>, tensor<1xindex>) -> tensor<9xf32>
  return %none, %one : tensor<9xf32>, tensor<9xf32>
}
