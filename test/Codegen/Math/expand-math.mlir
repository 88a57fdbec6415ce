// RUN: theria-opt --theria-expand-math --split-input-file %s | FileCheck %s --implicit-check-not='math.{{(exp|log|tanh|sin|cos|erf|atan|cbrt|rsqrt)}}'

// exp: two ends, a reduction by fma, a polynomial, a product with a power of two that is made from bits.
// CHECK-LABEL: func @exp(
// CHECK-SAME:    %[[X:.*]]: vector<8xf32>
// CHECK:         arith.cmpf olt, %{{.*}}, %[[X]]
// CHECK:         arith.select
// CHECK:         arith.cmpf olt
// CHECK:         arith.select
// CHECK:         math.fma
// CHECK:         arith.subf
// CHECK-COUNT-8: math.fma
// CHECK:         arith.shli
// CHECK:         arith.mulf
// CHECK:         %[[R:.*]] = arith.mulf
// CHECK-NEXT:    return %[[R]] : vector<8xf32>
func.func @exp(%x: vector<8xf32>) -> vector<8xf32> {
  %r = math.exp %x : vector<8xf32>
  return %r : vector<8xf32>
}

// -----

// Any shape, scalars too.
// CHECK-LABEL: func @shapes(
// CHECK:         arith.divf {{.*}} : vector<2x4xf64>
// CHECK:         arith.divf {{.*}} : f64
// CHECK:         arith.divf {{.*}} : vector<f32>
func.func @shapes(%x: vector<2x4xf64>, %y: f64, %z: vector<f32>) -> (vector<2x4xf64>, f64, vector<f32>) {
  %r = math.log %x fastmath<fast> : vector<2x4xf64>
  %s = math.tanh %y : f64
  %t = math.erf %z : vector<f32>
  return %r, %s, %t : vector<2x4xf64>, f64, vector<f32>
}

// -----

// CHECK-LABEL: func @all(
// CHECK-NOT:     fastmath
// CHECK:         return
func.func @all(%x: vector<16xf32>, %y: vector<8xf64>) -> (vector<16xf32>, vector<8xf64>) {
  %0 = math.expm1 %x : vector<16xf32>
  %1 = math.exp2 %0 : vector<16xf32>
  %2 = math.log1p %1 : vector<16xf32>
  %3 = math.log2 %2 : vector<16xf32>
  %4 = math.log10 %3 : vector<16xf32>
  %5 = math.sinh %4 : vector<16xf32>
  %6 = math.cosh %5 : vector<16xf32>
  %7 = math.powf %6, %5 : vector<16xf32>
  %8 = math.erf %y : vector<8xf64>
  %9 = math.atan %8 : vector<8xf64>
  %10 = math.cbrt %9 : vector<8xf64>
  %11 = math.rsqrt %10 : vector<8xf64>
  return %7, %11 : vector<16xf32>, vector<8xf64>
}
