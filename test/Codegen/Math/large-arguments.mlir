// RUN: theria-opt --theria-expand-math --split-input-file %s | FileCheck %s

// Large numbers call libm for each lane, in a branch that a vector of moderate ones does not take.
// CHECK-LABEL: func @sin(
// CHECK-SAME:    %[[X:.*]]: vector<2x2xf32>
// CHECK-NOT:     math.sin
// CHECK:         %[[LANES:.*]] = vector.shape_cast %{{.*}} : vector<2x2xi1> to vector<4xi1>
// CHECK:         %[[ANY:.*]] = vector.reduction <or>, %[[LANES]]
// CHECK:         scf.if %[[ANY]]
// CHECK:           vector.extract %[[X]][0, 0]
// CHECK:           math.sin %{{.*}} : f32
// CHECK-COUNT-3:   math.sin %{{.*}} : f32
// CHECK:           arith.select
// CHECK:         } else {
// CHECK-NOT:     math.sin
func.func @sin(%x: vector<2x2xf32>) -> vector<2x2xf32> {
  %r = math.sin %x : vector<2x2xf32>
  return %r : vector<2x2xf32>
}

// -----

// CHECK-LABEL: func @sincos(
// CHECK-NOT:     math.sincos
// CHECK:         scf.if
// CHECK:           math.sin %{{.*}} : f64
// CHECK:         scf.if
// CHECK:           math.cos %{{.*}} : f64
func.func @sincos(%x: f64) -> (f64, f64) {
  %s, %c = math.sincos %x : f64
  return %s, %c : f64, f64
}
