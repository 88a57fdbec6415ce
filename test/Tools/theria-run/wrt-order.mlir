// The arguments to differentiate are named in their order.
// RUN: not theria-run %s --derive=vjp --wrt=1,0 --fill=1 2>&1 | FileCheck %s
// CHECK: wrt-order.mlir:[[@LINE+2]]:1: error: expected the positions of arguments to differentiate in increasing order, but found 0 after 1; sort them
// CHECK-NOT: result
func.func @f(%x: f64, %y: f64) -> f64 {
  %z = arith.mulf %x, %y : f64
  return %z : f64
}
