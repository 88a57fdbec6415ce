// Every comparison, of numbers that are less, equal, greater and not ordered.
// RUN: theria-run %s --function=floats --path=oracle | FileCheck %s --check-prefix=FLOATS
// RUN: theria-run %s --function=floats --path=reference | FileCheck %s --check-prefix=FLOATS
// RUN: theria-run %s --function=integers --path=oracle | FileCheck %s --check-prefix=INTEGERS
// RUN: theria-run %s --function=integers --path=reference | FileCheck %s --check-prefix=INTEGERS

!t = tensor<4xi1>

// FLOATS: result 0: {{.*}} false, false, false, false,
// FLOATS: result 1: {{.*}} false, true, false, false,
// FLOATS: result 2: {{.*}} false, false, true, false,
// FLOATS: result 3: {{.*}} false, true, true, false,
// FLOATS: result 4: {{.*}} true, false, false, false,
// FLOATS: result 5: {{.*}} true, true, false, false,
// FLOATS: result 6: {{.*}} true, false, true, false,
// FLOATS: result 7: {{.*}} true, true, true, false,
// FLOATS: result 8: {{.*}} false, true, false, true,
// FLOATS: result 9: {{.*}} false, false, true, true,
// FLOATS: result 10: {{.*}} false, true, true, true,
// FLOATS: result 11: {{.*}} true, false, false, true,
// FLOATS: result 12: {{.*}} true, true, false, true,
// FLOATS: result 13: {{.*}} true, false, true, true,
// FLOATS: result 14: {{.*}} false, false, false, true,
// FLOATS: result 15: {{.*}} true, true, true, true,
func.func @floats() -> (!t, !t, !t, !t, !t, !t, !t, !t, !t, !t, !t, !t, !t, !t, !t, !t) {
  %a = arith.constant dense<[1.0, 2.0, 3.0, 0x7FF8000000000000]> : tensor<4xf64>
  %b = arith.constant dense<2.0> : tensor<4xf64>
  %0 = arith.cmpf false, %a, %b : tensor<4xf64>
  %1 = arith.cmpf oeq, %a, %b : tensor<4xf64>
  %2 = arith.cmpf ogt, %a, %b : tensor<4xf64>
  %3 = arith.cmpf oge, %a, %b : tensor<4xf64>
  %4 = arith.cmpf olt, %a, %b : tensor<4xf64>
  %5 = arith.cmpf ole, %a, %b : tensor<4xf64>
  %6 = arith.cmpf one, %a, %b : tensor<4xf64>
  %7 = arith.cmpf ord, %a, %b : tensor<4xf64>
  %8 = arith.cmpf ueq, %a, %b : tensor<4xf64>
  %9 = arith.cmpf ugt, %a, %b : tensor<4xf64>
  %10 = arith.cmpf uge, %a, %b : tensor<4xf64>
  %11 = arith.cmpf ult, %a, %b : tensor<4xf64>
  %12 = arith.cmpf ule, %a, %b : tensor<4xf64>
  %13 = arith.cmpf une, %a, %b : tensor<4xf64>
  %14 = arith.cmpf uno, %a, %b : tensor<4xf64>
  %15 = arith.cmpf true, %a, %b : tensor<4xf64>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15 : !t, !t, !t, !t, !t, !t, !t, !t, !t, !t, !t, !t, !t, !t, !t, !t
}

// Of -1, 1 and 2 with 1; by their bits, -1 is the largest.
// INTEGERS: result 0: {{.*}} false, true, false,
// INTEGERS: result 1: {{.*}} true, false, true,
// INTEGERS: result 2: {{.*}} true, false, false,
// INTEGERS: result 3: {{.*}} true, true, false,
// INTEGERS: result 4: {{.*}} false, false, true,
// INTEGERS: result 5: {{.*}} false, true, true,
// INTEGERS: result 6: {{.*}} false, false, false,
// INTEGERS: result 7: {{.*}} false, true, false,
// INTEGERS: result 8: {{.*}} true, false, true,
// INTEGERS: result 9: {{.*}} true, true, true,
!u = tensor<3xi1>
func.func @integers() -> (!u, !u, !u, !u, !u, !u, !u, !u, !u, !u) {
  %a = arith.constant dense<[-1, 1, 2]> : tensor<3xi32>
  %b = arith.constant dense<1> : tensor<3xi32>
  %0 = arith.cmpi eq, %a, %b : tensor<3xi32>
  %1 = arith.cmpi ne, %a, %b : tensor<3xi32>
  %2 = arith.cmpi slt, %a, %b : tensor<3xi32>
  %3 = arith.cmpi sle, %a, %b : tensor<3xi32>
  %4 = arith.cmpi sgt, %a, %b : tensor<3xi32>
  %5 = arith.cmpi sge, %a, %b : tensor<3xi32>
  %6 = arith.cmpi ult, %a, %b : tensor<3xi32>
  %7 = arith.cmpi ule, %a, %b : tensor<3xi32>
  %8 = arith.cmpi ugt, %a, %b : tensor<3xi32>
  %9 = arith.cmpi uge, %a, %b : tensor<3xi32>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9 : !u, !u, !u, !u, !u, !u, !u, !u, !u, !u
}
