// What is not expanded is taken apart, and a target without fma gets none.
// RUN: theria-opt --theria-expand-math=fma=false --split-input-file %s | FileCheck %s --implicit-check-not=math.fma

// CHECK-LABEL: func @tan(
// CHECK-SAME:    %[[X:.*]]: vector<2xf32>
// CHECK:         %[[A:.*]] = vector.extract %[[X]][0]
// CHECK:         %[[R:.*]] = math.tan %[[A]] : f32
// CHECK:         vector.insert %[[R]], %{{.*}} [0]
// CHECK:         math.tan %{{.*}} : f32
// CHECK:         vector.insert %{{.*}} [1]
func.func @tan(%x: vector<2xf32>) -> vector<2xf32> {
  %r = math.tan %x : vector<2xf32>
  return %r : vector<2xf32>
}

// -----

// CHECK-LABEL: func @two_operands(
// CHECK-COUNT-2: math.powf %{{.*}}, %{{.*}} : f64
// CHECK-COUNT-2: math.fpowi %{{.*}}, %{{.*}} : f64, i32
func.func @two_operands(%x: vector<2xf64>, %n: vector<2xi32>) -> vector<2xf64> {
  %r = math.powf %x, %x : vector<2xf64>
  %s = math.fpowi %r, %n : vector<2xf64>, vector<2xi32>
  return %s : vector<2xf64>
}

// -----

// CHECK-LABEL: func @half(
// CHECK-COUNT-2: math.exp %{{.*}} : f16
func.func @half(%x: vector<2xf16>) -> vector<2xf16> {
  %r = math.exp %x : vector<2xf16>
  return %r : vector<2xf16>
}

// -----

// Without fma, sin calls libm; exp is expanded; a square root is an instruction already.
// CHECK-LABEL: func @without_fma(
// CHECK-NOT:     math.exp
// CHECK:         math.sqrt %{{.*}} : vector<2xf32>
// CHECK-COUNT-2: math.sin %{{.*}} : f32
func.func @without_fma(%x: vector<2xf32>) -> vector<2xf32> {
  %r = math.exp %x : vector<2xf32>
  %s = math.sqrt %r : vector<2xf32>
  %t = math.sin %s : vector<2xf32>
  return %t : vector<2xf32>
}

// -----

// Tensors and vectors of unknown size stay.
// CHECK-LABEL: func @untouched(
// CHECK:         math.exp %{{.*}} : tensor<4xf32>
// CHECK:         math.exp %{{.*}} : vector<[4]xf32>
func.func @untouched(%x: tensor<4xf32>, %y: vector<[4]xf32>) -> (tensor<4xf32>, vector<[4]xf32>) {
  %r = math.exp %x : tensor<4xf32>
  %s = math.exp %y : vector<[4]xf32>
  return %r, %s : tensor<4xf32>, vector<[4]xf32>
}
