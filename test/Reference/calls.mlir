// Calls and recursion run; a failed check ends the run from any depth of them. A function may be called as one of libm.
// RUN: python3 %S/Inputs/errors.py %s
// RUN: theria-run %s --function=factorial --input=10 | FileCheck %s --check-prefix=FACTORIAL
// RUN: theria-run %s --function=caller --input=2 | FileCheck %s --check-prefix=CALLER
// RUN: theria-run %s --function=twice --input=3xf32=1 | FileCheck %s --check-prefix=TWICE

// down(4, 0) runs, down(5, 0): error: expected to meet 0, but found -1

// FACTORIAL: value 3628800
func.func @factorial(%n: i64) -> i64 {
  %one = arith.constant 1 : i64
  %last = arith.cmpi sle, %n, %one : i64
  %r = scf.if %last -> i64 {
    scf.yield %one : i64
  } else {
    %m = arith.subi %n, %one : i64
    %f = func.call @factorial(%m) : (i64) -> i64
    %p = arith.muli %n, %f : i64
    scf.yield %p : i64
  }
  return %r : i64
}

// From 5, fails in the fourth call; each caller returns at once.
func.func @countdown(%n: index, %end: index) -> index {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %good = arith.cmpi sge, %n, %end : index
  theria.check %good, "expected to meet {0}, but found {1}"(%end, %n)
  %done = arith.cmpi eq, %n, %end : index
  %r = scf.if %done -> index {
    scf.yield %c1 : index
  } else {
    %m = arith.subi %n, %c2 : index
    %below = func.call @countdown(%m, %end) : (index, index) -> index
    %share = arith.divsi %n, %below : index
    scf.yield %share : index
  }
  return %r : index
}
func.func @down(%n: index, %end: index) -> index {
  %r = call @countdown(%n, %end) : (index, index) -> index
  return %r : index
}

// CALLER: value 3
func.func private @exp(%x: f64) -> f64 {
  %one = arith.constant 1.0 : f64
  %y = arith.addf %x, %one : f64
  return %y : f64
}
func.func @caller(%x: f64) -> f64 {
  %y = call @exp(%x) : (f64) -> f64
  return %y : f64
}

// An argument is never written, whatever a callee does with its own.
// TWICE: values 1, 1, 1
// TWICE: values 2, 2, 2
func.func private @double(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = arith.addf %x, %x : tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @twice(%x: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>) {
  %y = call @double(%x) : (tensor<?xf32>) -> tensor<?xf32>
  return %x, %y : tensor<?xf32>, tensor<?xf32>
}
