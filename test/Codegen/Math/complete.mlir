// Without libm, nothing of it is left: what stays of the math dialect is an instruction each.
// RUN: theria-opt --theria-expand-math=complete --split-input-file %s | FileCheck %s --implicit-check-not='math.{{[^afcs]}}' --implicit-check-not='math.{{a[^b]|f[^m]|c[^o]|co[^p]|s[^q]}}' --implicit-check-not=arith.remf

// RUN: not theria-opt --theria-expand-math='complete fma=false' --split-input-file %s 2>&1 | FileCheck %s --check-prefix=FMA
// FMA: error: expected fma=true for complete, but found fma=false; sin, cos and tan need fma

// CHECK-LABEL: func @single(
// CHECK:         return
func.func @single(%x: vector<2x4xf32>, %y: vector<2x4xf32>) -> (vector<2x4xf32>, vector<2x4xf32>) {
  %0 = math.tan %x : vector<2x4xf32>
  %1 = math.asin %0 : vector<2x4xf32>
  %2 = math.acos %1 : vector<2x4xf32>
  %3 = math.atan2 %2, %y : vector<2x4xf32>
  %4 = math.asinh %3 : vector<2x4xf32>
  %5 = math.acosh %4 : vector<2x4xf32>
  %6 = math.atanh %5 : vector<2x4xf32>
  %7 = math.erfc %6 : vector<2x4xf32>
  %8 = math.powf %7, %y : vector<2x4xf32>
  %9 = arith.remf %8, %y : vector<2x4xf32>
  %10, %11 = math.sincos %9 : vector<2x4xf32>
  return %10, %11 : vector<2x4xf32>, vector<2x4xf32>
}

// -----

// The power is exp2 of a product that is a pair: the logarithm's upper part is multiplied twice.
// CHECK-LABEL: func @power(
// CHECK-SAME:    %[[X:.*]]: f64, %[[Y:.*]]: f64
// CHECK:         math.fma %{{.*}}, %{{.*}}, %{{.*}} : f64
// CHECK:         return
func.func @power(%x: f64, %y: f64) -> f64 {
  %r = math.powf %x, %y : f64
  return %r : f64
}

// -----

// A large number is multiplied by the digits of 2/π that matter, as an integer; nothing is called.
// CHECK-LABEL: func @large(
// CHECK:         scf.if
// CHECK:           arith.mului_extended %{{.*}}, %{{.*}} : i64
// CHECK:           arith.mului_extended %{{.*}}, %{{.*}} : i64
// CHECK:         } else {
func.func @large(%x: f64) -> f64 {
  %r = math.sin %x : f64
  return %r : f64
}

// -----

// One loop for all lanes, which ends where every lane's exponent is 0.
// CHECK-LABEL: func @powers(
// CHECK:         scf.while {{.*}} : (vector<4xf32>, vector<4xf32>, vector<4xi32>)
// CHECK:           %[[ANY:.*]] = vector.reduction <or>, %{{.*}} : vector<4xi1> into i1
// CHECK:           scf.condition(%[[ANY]])
// CHECK:         } do {
// CHECK:           arith.mulf
// CHECK:           arith.shrui
// CHECK:         scf.while {{.*}} : (i64, i64, i64)
// CHECK:           arith.muli
func.func @powers(%x: vector<4xf32>, %n: vector<4xi32>, %i: i64) -> (vector<4xf32>, i64) {
  %r = math.fpowi %x, %n : vector<4xf32>, vector<4xi32>
  %s = math.ipowi %i, %i : i64
  return %r, %s : vector<4xf32>, i64
}

// -----

// CHECK-LABEL: func @remainder(
// CHECK:         scf.while {{.*}} : (i64, i64)
// CHECK:         } do {
// CHECK:           arith.shli
// CHECK:           arith.remui %{{.*}}, %{{.*}} : i64
func.func @remainder(%x: f64, %y: f64) -> f64 {
  %r = arith.remf %x, %y : f64
  return %r : f64
}
