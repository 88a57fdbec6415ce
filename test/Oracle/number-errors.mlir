// Numbers that have no result, and programs of which the oracle knows none.
// RUN: split-file %s %t

// RUN: not theria-run %t/divide.mlir --path=oracle --input=-2147483648 --input=-1 2>&1 | FileCheck %s --check-prefix=DIVIDE
// DIVIDE: divide.mlir:2:8: error: expected a quotient that its type holds, but found the smallest integer divided by -1; use a wider type
//--- divide.mlir
func.func @f(%a: i32, %b: i32) -> i32 {
  %y = arith.divsi %a, %b : i32
  return %y : i32
}

// RUN: not theria-run %t/power.mlir --path=oracle --input=0 --input=-1 2>&1 | FileCheck %s --check-prefix=POWER
// POWER: power.mlir:2:8: error: expected a base other than 0 of a negative power, but found 0; raise another
//--- power.mlir
func.func @f(%a: i32, %b: i32) -> i32 {
  %y = math.ipowi %a, %b : i32
  return %y : i32
}

// RUN: not theria-run %t/sparse.mlir --path=oracle 2>&1 | FileCheck %s --check-prefix=SPARSE
// SPARSE: sparse.mlir:2:8: error: expected a number or a dense tensor of numbers, but found sparse<0, 1.000000e+00> : tensor<2xf64>; write the elements out
//--- sparse.mlir
func.func @f() -> tensor<2xf64> {
  %y = arith.constant sparse<[[0]], [1.0]> : tensor<2xf64>
  return %y : tensor<2xf64>
}

// A message of the program's own, its numbers put in.
// RUN: not theria-run %t/check.mlir --path=oracle --input=3 2>&1 | FileCheck %s --check-prefix=CHECK
// CHECK: check.mlir:4:3: error: expected at most 2, but found 3; 3 is too much
//--- check.mlir
func.func @f(%n: index) -> index {
  %two = arith.constant 2 : index
  %holds = arith.cmpi sle, %n, %two : index
  theria.check %holds, "expected at most {1}, but found {0}; {0} is too much" (%n, %two)
  return %n : index
}
