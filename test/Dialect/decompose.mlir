// RUN: theria-opt %s --theria-decompose --canonicalize --cse | FileCheck %s

// The definition of attention: scores, their normaliser, weights, output. Scores are pair tensors.
// CHECK-LABEL: func.func @plain(
// CHECK-SAME: %[[Q:[^:]*]]: tensor<1x2x5x8xf32>, %[[K:[^:]*]]: tensor<1x2x7x8xf32>, %[[V:[^:]*]]: tensor<1x2x7x3xf32>)
// CHECK-DAG: %[[SCALE:.*]] = arith.constant dense<0.353553385> : tensor<1x2x5x7xf32, #[[PAIR:theria.pair<rows = 2, cols = 3>]]>
// CHECK-DAG: %[[NONE:.*]] = arith.constant dense<0xFF800000> : tensor<1x2x5xf32>
// CHECK-DAG: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : tensor<1x2x5xf32>
// CHECK: %[[PRODUCT:.*]] = theria.einsum "bhid,bhjd->bhij" %[[Q]], %[[K]] : {{.*}} -> tensor<1x2x5x7xf32, #[[PAIR]]>
// CHECK: %[[S:.*]] = arith.mulf %[[PRODUCT]], %[[SCALE]]
// CHECK: %[[LSE:.*]] = theria.logsumexp %[[S]] dim = 3 :
// CHECK: %[[EMPTY:.*]] = arith.cmpf oeq, %[[LSE]], %[[NONE]]
// CHECK: %[[SHIFT:.*]] = arith.select %[[EMPTY]], %[[ZERO]], %[[LSE]]
// CHECK: %[[SHIFTS:.*]] = theria.einsum "bhi->bhij" %[[SHIFT]] :
// CHECK: %[[D:.*]] = arith.subf %[[S]], %[[SHIFTS]]
// CHECK: %[[P:.*]] = math.exp %[[D]]
// CHECK: %[[OUT:.*]] = theria.einsum "bhij,bhje->bhie" %[[P]], %[[V]] : {{.*}} -> tensor<1x2x5x3xf32>
// CHECK: return %[[OUT]], %[[LSE]] :
func.func @plain(%q: tensor<1x2x5x8xf32>, %k: tensor<1x2x7x8xf32>, %v: tensor<1x2x7x3xf32>)
    -> (tensor<1x2x5x3xf32>, tensor<1x2x5xf32>) {
  %out, %lse = theria.sdpa %q, %k, %v : (tensor<1x2x5x8xf32>, tensor<1x2x7x8xf32>, tensor<1x2x7x3xf32>)
             -> (tensor<1x2x5x3xf32>, tensor<1x2x5xf32>)
  return %out, %lse : tensor<1x2x5x3xf32>, tensor<1x2x5xf32>
}

// Query heads are key heads × group: no key is repeated.
// CHECK-LABEL: func.func @grouped(
// CHECK: %[[Q:.*]] = tensor.expand_shape %{{.*}} {{\[\[}}0], [1, 2], [3], [4]] output_shape [1, 2, 3, 5, 8]
// CHECK: theria.einsum "bhgid,bhjd->bhgij" %[[Q]], %{{.*}} -> tensor<1x2x3x5x7xf32, #theria.pair<rows = 3, cols = 4>>
// CHECK: %[[LSE:.*]] = theria.logsumexp %{{.*}} dim = 4
// CHECK: %[[OUT:.*]] = theria.einsum "bhgij,bhje->bhgie"
// CHECK-DAG: tensor.collapse_shape %[[OUT]] {{\[\[}}0], [1, 2], [3], [4]] : tensor<1x2x3x5x8xf32> into tensor<1x6x5x8xf32>
// CHECK-DAG: tensor.collapse_shape %[[LSE]] {{\[\[}}0], [1, 2], [3]] : tensor<1x2x3x5xf32> into tensor<1x6x5xf32>
func.func @grouped(%q: tensor<1x6x5x8xf32>, %k: tensor<1x2x7x8xf32>) -> (tensor<1x6x5x8xf32>, tensor<1x6x5xf32>) {
  %out, %lse = theria.sdpa %q, %k, %k : (tensor<1x6x5x8xf32>, tensor<1x2x7x8xf32>, tensor<1x2x7x8xf32>)
             -> (tensor<1x6x5x8xf32>, tensor<1x6x5xf32>)
  return %out, %lse : tensor<1x6x5x8xf32>, tensor<1x6x5xf32>
}

// Small floats are extended and truncated where it can be seen; the log-sum-exp stays in f32.
// CHECK-LABEL: func.func @rounding(
// CHECK-DAG: arith.extf %arg0 : tensor<1x1x2x4xbf16> to tensor<1x1x2x4xf32>
// CHECK-DAG: arith.extf %arg1
// CHECK-DAG: arith.extf %arg2
// CHECK: %[[LSE:.*]] = theria.logsumexp {{.*}} -> tensor<1x1x2xf32>
// CHECK: %[[OUT:.*]] = theria.einsum {{.*}} -> tensor<1x1x2x4xf32>
// CHECK: %[[ROUNDED:.*]] = arith.truncf %[[OUT]] : tensor<1x1x2x4xf32> to tensor<1x1x2x4xbf16>
// CHECK: return %[[ROUNDED]], %[[LSE]] :
func.func @rounding(%q: tensor<1x1x2x4xbf16>, %k: tensor<1x1x2x4xbf16>, %v: tensor<1x1x2x4xbf16>)
    -> (tensor<1x1x2x4xbf16>, tensor<1x1x2xf32>) {
  %out, %lse = theria.sdpa %q, %k, %v : (tensor<1x1x2x4xbf16>, tensor<1x1x2x4xbf16>, tensor<1x1x2x4xbf16>)
             -> (tensor<1x1x2x4xbf16>, tensor<1x1x2xf32>)
  return %out, %lse : tensor<1x1x2x4xbf16>, tensor<1x1x2xf32>
}
