// Equal slices are one value; others, and arrays that are filled apart, stay.
// RUN: theria-opt %s --theria-share-slices | FileCheck %s

// CHECK-LABEL: @slices(
// CHECK-SAME: %[[T:.*]]: tensor<4x8xf32>, %[[I:.*]]: index
// CHECK: %[[A:.*]] = tensor.extract_slice %[[T]][%[[I]], 0]
// CHECK: %[[OTHER:.*]] = tensor.extract_slice %[[T]][%[[I]], 4]
// CHECK-NOT: tensor.extract_slice
// CHECK-COUNT-2: tensor.empty
// CHECK: return %[[A]], %[[A]], %[[OTHER]]
func.func @slices(%t: tensor<4x8xf32>, %i: index)
    -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %a = tensor.extract_slice %t[%i, 0] [1, 4] [1, 1] : tensor<4x8xf32> to tensor<4xf32>
  %b = tensor.extract_slice %t[%i, 0] [1, 4] [1, 1] : tensor<4x8xf32> to tensor<4xf32>
  %c = tensor.extract_slice %t[%i, 4] [1, 4] [1, 1] : tensor<4x8xf32> to tensor<4xf32>
  %d = tensor.empty() : tensor<4xf32>
  %e = tensor.empty() : tensor<4xf32>
  return %a, %b, %c, %d, %e : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}
