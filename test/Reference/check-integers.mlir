// Integer division is checked for each element of a tensor and for scalars; a constant divisor needs no check.
// RUN: python3 %S/Inputs/errors.py %s
// RUN: theria-opt %s --theria-check-integers | FileCheck %s

// signed(7, 2) runs, signed(7, 0): error: expected a divisor other than 0, but found 7 divided by 0; guard the division
// signed(7, -1) runs, signed(-128, -1): error: expected a quotient of 8 bits, but found -128 divided by -1; guard the division
// remainder(7, 2) runs, remainder(-128, -1): error: expected a quotient of 8 bits, but found -128 divided by -1
// unsigned(-128, -1) runs, unsigned(5, 0): error: expected a divisor other than 0, but found 5 divided by 0
// rounded(7, 2) runs, rounded(7, 0): error: expected a divisor other than 0, but found 7 divided by 0
// power(0, 1) runs, power(0, -1): error: expected a base other than 0 for a negative power, but found 0 to the power of -1; guard the operation
// loop(7, 2) runs, loop(7, 0): error: expected a divisor other than 0, but found 7 divided by 0

func.func private @fill(%a: i8) -> tensor<?xi8> {
  %c3 = arith.constant 3 : index
  %x = tensor.splat %a[%c3] : tensor<?xi8>
  return %x : tensor<?xi8>
}
func.func @signed(%a: i8, %b: i8) -> tensor<?xi8> {
  %x = call @fill(%a) : (i8) -> tensor<?xi8>
  %y = call @fill(%b) : (i8) -> tensor<?xi8>
  %q = arith.divsi %x, %y : tensor<?xi8>
  return %q : tensor<?xi8>
}
func.func @remainder(%a: i8, %b: i8) -> i8 {
  %q = arith.remsi %a, %b : i8
  return %q : i8
}
func.func @unsigned(%a: i8, %b: i8) -> (i8, i8, i8) {
  %q = arith.divui %a, %b : i8
  %r = arith.remui %a, %b : i8
  %c = arith.ceildivui %a, %b : i8
  return %q, %r, %c : i8, i8, i8
}
func.func @rounded(%a: index, %b: index) -> (index, index) {
  %f = arith.floordivsi %a, %b : index
  %c = arith.ceildivsi %a, %b : index
  return %f, %c : index, index
}
func.func @power(%a: i8, %b: i8) -> i8 {
  %p = math.ipowi %a, %b : i8
  return %p : i8
}
// A check in a loop ends the run from there.
func.func @loop(%a: i32, %b: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %s = scf.for %i = %c0 to %c3 step %c1 iter_args(%sum = %a) -> i32 {
    %q = arith.divsi %sum, %b : i32
    scf.yield %q : i32
  }
  return %s : i32
}

// CHECK-LABEL: @constant
// CHECK-NOT: theria.check
// CHECK: return
func.func @constant(%a: i32) -> i32 {
  %c7 = arith.constant 7 : i32
  %q = arith.divsi %a, %c7 : i32
  return %q : i32
}
