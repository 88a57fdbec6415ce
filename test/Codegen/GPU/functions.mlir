// Functions of libm become arithmetic in kernels: no PTX calls anything, or takes an approximation for them.
// RUN: theria-opt %s --theria-nvvm | FileCheck %s --implicit-check-not='.extern .func' --implicit-check-not=approx
// CHECK: .visible .entry loop
// CHECK: .visible .entry loop

func.func @all(%x: tensor<40x20xf32>, %y: tensor<40x20xf64>) -> (tensor<40x20xf32>, tensor<40x20xf64>) {
  %0 = math.tan %x : tensor<40x20xf32>
  %1 = math.erfc %0 : tensor<40x20xf32>
  %2 = arith.remf %1, %x : tensor<40x20xf32>
  %3 = math.sin %2 : tensor<40x20xf32>
  %4 = math.atan2 %y, %y : tensor<40x20xf64>
  %5 = math.powf %4, %y : tensor<40x20xf64>
  %6 = math.asinh %5 : tensor<40x20xf64>
  return %3, %6 : tensor<40x20xf32>, tensor<40x20xf64>
}
