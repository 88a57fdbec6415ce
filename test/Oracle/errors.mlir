// What goes wrong in the oracle is said where it happens, and ends it.
// RUN: split-file %s %t

// RUN: not theria-run %t/index.mlir --path=oracle --input=7 2>&1 | FileCheck %s --check-prefix=INDEX
// INDEX: index.mlir:3:8: error: expected an index in dim 0 of a tensor of size 4, but found 7; keep indices inside
//--- index.mlir
func.func @f(%i: index) -> f64 {
  %t = arith.constant dense<1.0> : tensor<4xf64>
  %x = tensor.extract %t[%i] : tensor<4xf64>
  return %x : f64
}

// RUN: not theria-run %t/check.mlir --path=oracle --input=3xf64=ones --input=4xf64=ones 2>&1 | FileCheck %s --check-prefix=SHAPE
// SHAPE: check.mlir:2:8: error: expected operands of one shape, but found sizes 3 and 4 in dim 0; give arrays whose sizes agree
//--- check.mlir
func.func @f(%a: tensor<?xf64>, %b: tensor<?xf64>) -> tensor<?xf64> {
  %x = arith.addf %a, %b : tensor<?xf64>
  return %x : tensor<?xf64>
}

// RUN: not theria-run %t/divide.mlir --path=oracle --input=0 2>&1 | FileCheck %s --check-prefix=DIVIDE
// DIVIDE: divide.mlir:3:8: error: expected a divisor other than 0, but found 0; divide by another
//--- divide.mlir
func.func @f(%i: i32) -> i32 {
  %c = arith.constant 8 : i32
  %x = arith.divsi %c, %i : i32
  return %x : i32
}

// RUN: not theria-run %t/opaque.mlir --path=oracle --input=1 2>&1 | FileCheck %s --check-prefix=OPAQUE
// OPAQUE: opaque.mlir:3:8: error: expected a function with a body, but found a call of @g, which has none; define the function
//--- opaque.mlir
func.func private @g(f64) -> f64
func.func @f(%x: f64) -> f64 {
  %y = func.call @g(%x) : (f64) -> f64
  return %y : f64
}

// RUN: not theria-run %t/endless.mlir --path=oracle --input=1 2>&1 | FileCheck %s --check-prefix=ENDLESS
// ENDLESS: endless.mlir:2:8: error: expected at most 1000 nested calls, but found one more, of @f; end the recursion earlier or write it as a loop
//--- endless.mlir
func.func @f(%x: f64) -> f64 {
  %y = func.call @f(%x) : (f64) -> f64
  return %y : f64
}

// RUN: not theria-run %t/large.mlir --path=oracle --input=1 2>&1 | FileCheck %s --check-prefix=LARGE
// LARGE: large.mlir:3:8: error: expected free memory for a tensor in the oracle, {{[0-9]+}} bytes, but the machine has {{[0-9]+}}; evaluate smaller sizes
//--- large.mlir
func.func @f(%x: f64) -> tensor<?xf64> {
  %n = arith.constant 1000000000000 : index
  %y = tensor.splat %x[%n] : tensor<?xf64>
  return %y : tensor<?xf64>
}

// RUN: not theria-run %t/unknown.mlir --path=oracle 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: unknown.mlir:2:8: error: expected only operations that the oracle evaluates, but found 'ub.poison'; rewrite it in func, arith, math, tensor, scf and theria
//--- unknown.mlir
func.func @f() -> f64 {
  %y = ub.poison : f64
  return %y : f64
}

// RUN: not theria-run %t/large.mlir --path=oracle --precision=52 2>&1 | FileCheck %s --check-prefix=BITS
// BITS: error: expected 53 to 16384 bits for --precision, but found '52'; give a number such as 113
// RUN: not theria-run %t/large.mlir --path=oracle --time=3 2>&1 | FileCheck %s --check-prefix=TIME
// TIME: error: expected a compiled program for --time, but found --path=oracle; choose streaming or reference
