// Loops and branches run, also where tensors pass through them.
// RUN: python3 %S/Inputs/errors.py %s
// RUN: theria-run %s --function=halve --input=3xf64=8 --input=1.5 | FileCheck %s --check-prefix=HALVE
// RUN: theria-run %s --function=grow --input=3 | FileCheck %s --check-prefix=GROW
// RUN: theria-run %s --function=switch --input=1 | FileCheck %s --check-prefix=SWITCH
// RUN: theria-run %s --function=choose --input=true --input=3xf32=1 --input=3xf32=2 | FileCheck %s --check-prefix=CHOOSE

// step(1) runs, step(0): error: expected a loop's step to be positive, but found 0; count upwards

// HALVE: values 1, 1, 1
// HALVE: value 3
func.func @halve(%x: tensor<?xf64>, %least: f64) -> (tensor<?xf64>, i32) {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xf64>
  %half = arith.constant 0.5 : f64
  %halves = tensor.splat %half[%n] : tensor<?xf64>
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %end:2 = scf.while (%a = %x, %i = %zero) : (tensor<?xf64>, i32) -> (tensor<?xf64>, i32) {
    %v = tensor.extract %a[%c0] : tensor<?xf64>
    %more = arith.cmpf ogt, %v, %least : f64
    scf.condition(%more) %a, %i : tensor<?xf64>, i32
  } do {
  ^bb0(%a: tensor<?xf64>, %i: i32):
    %b = arith.mulf %a, %halves : tensor<?xf64>
    %j = arith.addi %i, %one : i32
    scf.yield %b, %j : tensor<?xf64>, i32
  }
  return %end#0, %end#1 : tensor<?xf64>, i32
}

// A tensor that doubles its size in each step.
// GROW: tensor<8xf32>, values 1, 1, 1, 1, 1, 1, 1, 1
func.func @grow(%n: index) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %x = tensor.cast %one : tensor<1xf32> to tensor<?xf32>
  %end = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> tensor<?xf32> {
    %b = tensor.concat dim(0) %a, %a : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
    scf.yield %b : tensor<?xf32>
  }
  return %end : tensor<?xf32>
}

// SWITCH: values 2, 2
func.func @switch(%i: index) -> tensor<2xf32> {
  %r = scf.index_switch %i -> tensor<2xf32>
  case 1 {
    %two = arith.constant dense<2.0> : tensor<2xf32>
    scf.yield %two : tensor<2xf32>
  }
  default {
    %one = arith.constant dense<1.0> : tensor<2xf32>
    scf.yield %one : tensor<2xf32>
  }
  return %r : tensor<2xf32>
}

// CHOOSE: values 1, 1, 1
func.func @choose(%c: i1, %a: tensor<?xf32>, %b: tensor<?xf32>) -> tensor<?xf32> {
  %r = arith.select %c, %a, %b : tensor<?xf32>
  return %r : tensor<?xf32>
}

func.func @step(%step: index) -> index {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  %s = scf.for %i = %c0 to %c3 step %step iter_args(%sum = %c0) -> index {
    %next = arith.addi %sum, %i : index
    scf.yield %next : index
  }
  return %s : index
}
