// What the report of orders says of functions without derivatives, and of those that are zero.
// RUN: theria-opt %s --theria-orders -o /dev/null 2>&1 | FileCheck %s

// CHECK: @counts : (i32) -> i32
// CHECK-NEXT: no floating-point argument to differentiate
func.func @counts(%n: i32) -> i32 {
  return %n : i32
}

// CHECK: @steps : (f64, f64) -> f64
// CHECK-NEXT: forward yes
// CHECK-NEXT: JVP yes
// CHECK-NEXT: VJP yes
// CHECK-NEXT: HVP yes
// CHECK-NEXT: JVP of the HVP yes
// CHECK-NEXT: VJP of the HVP yes
// CHECK-NEXT: result 0 has derivative zero in argument 1: it does not depend on it, or is locally constant
func.func @steps(%x: f64, %y: f64) -> f64 {
  %z = math.floor %y : f64
  %0 = arith.mulf %x, %x : f64
  %1 = arith.addf %0, %z : f64
  return %1 : f64
}
