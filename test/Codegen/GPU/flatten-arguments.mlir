// RUN: theria-opt %s --theria-flatten-arguments | FileCheck %s

// An address is enough for an array whose type says the rest; sizes, strides and offsets that it doesn't say go with it.
// CHECK-LABEL: func.func @add(
// CHECK-SAME: %[[X:.*]]: memref<4x8xf32>, %[[Y:.*]]: memref<?x8xf32, strided<[?, 1], offset: ?>>)
// CHECK-DAG: %[[BASE_X:.*]], %{{.*}}, %{{.*}}:2, %{{.*}}:2 = memref.extract_strided_metadata %[[X]]
// CHECK-DAG: %[[BASE_Y:.*]], %[[OFFSET:.*]], %[[SIZES:.*]]:2, %[[STRIDES:.*]]:2 = memref.extract_strided_metadata %[[Y]]
// CHECK: gpu.launch
// CHECK-DAG: %[[INSIDE_X:.*]] = memref.reinterpret_cast %[[BASE_X]] to offset: [0], sizes: [4, 8], strides: [8, 1]
// CHECK-DAG: %[[INSIDE_Y:.*]] = memref.reinterpret_cast %[[BASE_Y]] to offset: [%[[OFFSET]]], sizes: [%[[SIZES]]#0, 8], strides: [%[[STRIDES]]#0, 1]
// CHECK: %[[NUMBER:.*]] = memref.load %[[INSIDE_X]]
// CHECK: memref.store %[[NUMBER]], %[[INSIDE_Y]]
// CHECK: gpu.terminator
// CHECK: memref.load %[[X]]
func.func @add(%x: memref<4x8xf32>, %y: memref<?x8xf32, strided<[?, 1], offset: ?>>) -> f32 {
  %one = arith.constant 1 : index
  gpu.launch blocks(%a, %b, %c) in (%la = %one, %lb = %one, %lc = %one)
             threads(%i, %j, %k) in (%li = %one, %lj = %one, %lk = %one) {
    %number = memref.load %x[%i, %j] : memref<4x8xf32>
    memref.store %number, %y[%i, %j] : memref<?x8xf32, strided<[?, 1], offset: ?>>
    gpu.terminator
  }
  %last = memref.load %x[%one, %one] : memref<4x8xf32>
  return %last : f32
}

// Also where only a loop within a launch reads it, from a place that the type says, and for a number.
// CHECK-LABEL: func.func @loop(
// CHECK-SAME: %[[X:.*]]: memref<4xf32, strided<[1], offset: 3>>, %[[N:.*]]: memref<f32>)
// CHECK: gpu.launch
// CHECK-DAG: %[[INSIDE:.*]] = memref.reinterpret_cast %{{.*}} to offset: [3], sizes: [4], strides: [1]
// CHECK-DAG: %[[NUMBER:.*]] = memref.reinterpret_cast %{{.*}} to offset: [0], sizes: [], strides: []
// CHECK: scf.for
// CHECK: memref.load %[[INSIDE]]
// CHECK: memref.store %{{.*}}, %[[NUMBER]]
func.func @loop(%x: memref<4xf32, strided<[1], offset: 3>>, %n: memref<f32>) {
  %one = arith.constant 1 : index
  gpu.launch blocks(%a, %b, %c) in (%la = %one, %lb = %one, %lc = %one)
             threads(%i, %j, %k) in (%li = %one, %lj = %one, %lk = %one) {
    scf.for %at = %i to %one step %one {
      %number = memref.load %x[%at] : memref<4xf32, strided<[1], offset: 3>>
      memref.store %number, %n[] : memref<f32>
    }
    gpu.terminator
  }
  return
}
