// RUN: theria-opt %s --theria-expand-calculus --cse | FileCheck %s

// What the rules of tensor operations emit.

func.func private @write(%x: tensor<?x4xf32>, %s: tensor<2x4xf32>, %i: index) -> tensor<?x4xf32> {
  %y = tensor.insert_slice %s into %x[%i, 0] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}
// The destination's cotangent has zeros where the slice was; the slice's is what stood there.
// CHECK-LABEL: @vjp_write
// CHECK-SAME: %{{.*}}: tensor<?x4xf32>, %{{.*}}: tensor<2x4xf32>, %[[I:.*]]: index, %[[G:.*]]: tensor<?x4xf32>
// CHECK: theria.check
// CHECK-NEXT: %[[S:.*]] = tensor.extract_slice %[[G]][%[[I]], 0] [2, 4] [1, 1]
// CHECK-NEXT: %[[ZERO:.*]] = arith.constant dense<0.000000e+00> : tensor<2x4xf32>
// CHECK-NEXT: %[[D:.*]] = tensor.insert_slice %[[ZERO]] into %[[G]][%[[I]], 0] [2, 4] [1, 1]
// CHECK-NEXT: return %[[D]], %[[S]] :
func.func @vjp_write(%x: tensor<?x4xf32>, %s: tensor<2x4xf32>, %i: index, %g: tensor<?x4xf32>)
    -> (tensor<?x4xf32>, tensor<2x4xf32>) {
  %y, %gx, %gs = theria.vjp @write(%x, %s, %i) cotangents(%g)
               : (tensor<?x4xf32>, tensor<2x4xf32>, index) -> (tensor<?x4xf32>, tensor<?x4xf32>, tensor<2x4xf32>)
  return %gx, %gs : tensor<?x4xf32>, tensor<2x4xf32>
}
// Only what is asked for is computed.
// CHECK-LABEL: @vjp_written
// CHECK: theria.check
// CHECK-NEXT: %[[S:.*]] = tensor.extract_slice
// CHECK-NEXT: return %[[S]] :
func.func @vjp_written(%x: tensor<?x4xf32>, %s: tensor<2x4xf32>, %i: index, %g: tensor<?x4xf32>) -> tensor<2x4xf32> {
  %y, %gs = theria.vjp @write(%x, %s, %i) cotangents(%g) wrt = [1]
          : (tensor<?x4xf32>, tensor<2x4xf32>, index) -> (tensor<?x4xf32>, tensor<2x4xf32>)
  return %gs : tensor<2x4xf32>
}

func.func private @pad(%x: tensor<?xf32>, %p: f32) -> tensor<?xf32> {
  %y = tensor.pad %x low[1] high[2] {
  ^bb0(%i: index):
    tensor.yield %p : f32
  } : tensor<?xf32> to tensor<?xf32>
  return %y : tensor<?xf32>
}
// Around a source whose padding has no tangent stand zeros.
// CHECK-LABEL: @jvp_padded
// CHECK-SAME: %{{.*}}: tensor<?xf32>, %{{.*}}: f32, %[[T:.*]]: tensor<?xf32>
// CHECK-DAG: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
// CHECK: tensor.pad %[[T]] low[1] high[2]
// CHECK: tensor.yield %[[ZERO]]
func.func @jvp_padded(%x: tensor<?xf32>, %p: f32, %t: tensor<?xf32>) -> tensor<?xf32> {
  %y, %ty = theria.jvp @pad(%x, %p) tangents(%t) wrt = [0] : (tensor<?xf32>, f32) -> (tensor<?xf32>, tensor<?xf32>)
  return %ty : tensor<?xf32>
}
// The padding's cotangent is the sum of all around the source.
// CHECK-LABEL: @vjp_padding
// CHECK: %[[REST:.*]] = tensor.insert_slice %{{.*}} into %{{.*}}[1] [%{{.*}}] [1]
// CHECK: %[[SUM:.*]] = theria.einsum "a->" %[[REST]]
// CHECK: tensor.extract %[[SUM]][]
func.func @vjp_padding(%x: tensor<?xf32>, %p: f32, %g: tensor<?xf32>) -> f32 {
  %y, %gp = theria.vjp @pad(%x, %p) cotangents(%g) wrt = [1] : (tensor<?xf32>, f32) -> (tensor<?xf32>, f32)
  return %gp : f32
}
