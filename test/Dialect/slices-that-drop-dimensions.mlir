// Constants in slices that drop dimensions of size 1: upstream drops the first ones, whichever the slice drops, which
// is another type where one that is kept comes before.
// RUN: theria-opt %s --canonicalize --split-input-file | FileCheck %s

// CHECK-LABEL: @offset(
func.func @offset(%x: tensor<1x3x1x2xf32>, %i: index, %k: index) -> tensor<1x3xf32> {
  // CHECK: %[[S:.*]] = tensor.extract_slice %{{.*}}[%{{.*}}, 0, 0, %{{.*}}] [1, 3, 1, 1] [1, 1, 1, 1] : tensor<1x3x1x2xf32> to tensor<1x3xf32>
  %j = arith.constant 0 : index
  %0 = tensor.extract_slice %x[%i, 0, %j, %k] [1, 3, 1, 1] [1, 1, 1, 1] : tensor<1x3x1x2xf32> to tensor<1x3xf32>
  %1 = theria.stop_gradient %0 : tensor<1x3xf32>
  return %1 : tensor<1x3xf32>
}

// -----

// CHECK-LABEL: @size(
func.func @size(%x: tensor<1x3x1x2xf32>, %i: index, %k: index) -> tensor<1x3xf32> {
  // CHECK: tensor.extract_slice %{{.*}}[%{{.*}}, 0, 0, %{{.*}}] [1, 3, 1, 1] [1, 1, 1, 1] : tensor<1x3x1x2xf32> to tensor<1x3xf32>
  // CHECK-NOT: tensor.cast
  %one = arith.constant 1 : index
  %0 = tensor.extract_slice %x[%i, 0, 0, %k] [%one, 3, 1, 1] [1, 1, 1, 1] : tensor<1x3x1x2xf32> to tensor<?x3xf32>
  %1 = tensor.cast %0 : tensor<?x3xf32> to tensor<1x3xf32>
  %2 = theria.stop_gradient %1 : tensor<1x3xf32>
  return %2 : tensor<1x3xf32>
}

// -----

// CHECK-LABEL: @inserted(
func.func @inserted(%s: tensor<?x3xf32>, %x: tensor<1x3x1x2xf32>, %k: index) -> tensor<1x3x1x2xf32> {
  // CHECK: %[[CAST:.*]] = tensor.cast %{{.*}} : tensor<?x3xf32> to tensor<1x3xf32>
  // CHECK: tensor.insert_slice %[[CAST]] into %{{.*}}[0, 0, 0, %{{.*}}] [1, 3, 1, 1] [1, 1, 1, 1] : tensor<1x3xf32> into tensor<1x3x1x2xf32>
  %one = arith.constant 1 : index
  %0 = theria.stop_gradient %s : tensor<?x3xf32>
  %1 = tensor.insert_slice %0 into %x[0, 0, 0, %k] [%one, 3, 1, 1] [1, 1, 1, 1] : tensor<?x3xf32> into tensor<1x3x1x2xf32>
  return %1 : tensor<1x3x1x2xf32>
}

// -----

// CHECK-LABEL: @in_parallel(
func.func @in_parallel(%s: tensor<?x3xf32>, %x: tensor<1x3x1x2xf32>) -> tensor<1x3x1x2xf32> {
  // CHECK: %[[CAST:.*]] = tensor.cast %{{.*}} : tensor<?x3xf32> to tensor<1x3xf32>
  // CHECK: tensor.parallel_insert_slice %[[CAST]] into %{{.*}}[0, 0, 0, %{{.*}}] [1, 3, 1, 1] [1, 1, 1, 1] : tensor<1x3xf32> into tensor<1x3x1x2xf32>
  %one = arith.constant 1 : index
  %0 = theria.stop_gradient %s : tensor<?x3xf32>
  %1 = scf.forall (%k) in (2) shared_outs(%o = %x) -> tensor<1x3x1x2xf32> {
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %0 into %o[0, 0, 0, %k] [%one, 3, 1, 1] [1, 1, 1, 1] : tensor<?x3xf32> into tensor<1x3x1x2xf32>
    }
  }
  return %1 : tensor<1x3x1x2xf32>
}
