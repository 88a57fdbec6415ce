// Operations whose meaning no derivative tests: the oracle and the reference path say the same of them.
// RUN: theria-run %s --function=tables --path=oracle | FileCheck %s --check-prefix=TABLES
// RUN: theria-run %s --function=tables --path=reference | FileCheck %s --check-prefix=TABLES
// RUN: theria-run %s --function=control --input=5 --path=oracle | FileCheck %s --check-prefix=CONTROL
// RUN: theria-run %s --function=control --input=5 --path=reference | FileCheck %s --check-prefix=CONTROL
// RUN: theria-run %s --function=numbers --path=oracle | FileCheck %s --check-prefix=NUMBERS
// RUN: theria-run %s --function=numbers --path=reference | FileCheck %s --check-prefix=NUMBERS
// RUN: theria-run %s --function=shapes --input=2x3xf64=ones --input=1 --path=oracle | FileCheck %s --check-prefix=SHAPES
// RUN: theria-run %s --function=shapes --input=2x3xf64=ones --input=1 --path=reference | FileCheck %s --check-prefix=SHAPES

// Integers looked up, added in a table, and repeated.
// TABLES: result 0: tensor<3xi32>, values 6, 5, 6,
// TABLES: result 1: tensor<2xi32>, values 2, 4,
// TABLES: result 2: tensor<2x3xi32>, values 1, 2, 3, 1, 2, 3,
func.func @tables() -> (tensor<3xi32>, tensor<2xi32>, tensor<2x3xi32>) {
  %table = arith.constant dense<[5, 6]> : tensor<2xi32>
  %at = arith.constant dense<[1, 0, 1]> : tensor<3xindex>
  %values = arith.constant dense<[1, 2, 3]> : tensor<3xi32>
  %0 = theria.gather %table[%at] : (tensor<2xi32>, tensor<3xindex>) -> tensor<3xi32>
  %1 = theria.scatter_add %values[%at] : (tensor<3xi32>, tensor<3xindex>) -> tensor<2xi32>
  %2 = theria.einsum "j->ij" %values : (tensor<3xi32>) -> tensor<2x3xi32>
  return %0, %1, %2 : tensor<3xi32>, tensor<2xi32>, tensor<2x3xi32>
}

// The power of two that is not less than %n; what a case gives, and what the others do.
// CONTROL: result 0: index, value 8
// CONTROL: result 1: f64, value 0.5
// CONTROL: result 2: f64, value 3
func.func @control(%n: index) -> (index, f64, f64) {
  %one = arith.constant 1 : index
  %power = scf.while (%p = %one) : (index) -> index {
    %less = arith.cmpi slt, %p, %n : index
    scf.condition(%less) %p : index
  } do {
  ^bb0(%p: index):
    %next = arith.addi %p, %p : index
    scf.yield %next : index
  }
  %half = arith.constant 0.5 : f64
  %three = arith.constant 3.0 : f64
  %case = scf.index_switch %n -> f64
  case 5 {
    scf.yield %half : f64
  }
  default {
    scf.yield %three : f64
  }
  %other = scf.index_switch %power -> f64
  case 5 {
    scf.yield %half : f64
  }
  default {
    scf.yield %three : f64
  }
  return %power, %case, %other : index, f64, f64
}

// NUMBERS: result 0: tensor<f64>, value nan
// NUMBERS: result 1: f64, value nan
// NUMBERS: result 2: f64, value 2
// NUMBERS: result 3: f32, value 0.1
func.func @numbers() -> (tensor<f64>, f64, f64, f32) {
  %nan = arith.constant 0x7FF8000000000000 : f64
  %x = arith.constant dense<[1.0, 0x7FF8000000000000]> : tensor<2xf64>
  %one = arith.constant 1.0 : f64
  %two = arith.constant 2.0 : f64
  %tenth = arith.constant 0.1 : f64
  %0 = theria.reduce_max %x dim = 0 : (tensor<2xf64>) -> tensor<f64>
  %1 = math.clampf %nan to [%one, %two] : f64
  %2 = arith.maxnumf %nan, %two : f64
  %3 = arith.truncf %tenth : f64 to f32
  return %0, %1, %2, %3 : tensor<f64>, f64, f64, f32
}

// SHAPES: result 0: index, value 2
// SHAPES: result 1: tensor<2x3xindex>, values 0, 0, 0, 1, 1, 1,
// SHAPES: result 2: index, value 3
func.func @shapes(%x: tensor<?x3xf64>, %axis: index) -> (index, tensor<?x3xindex>, index) {
  %rank = tensor.rank %x : tensor<?x3xf64>
  %zero = arith.constant 0 : index
  %rows = tensor.dim %x, %zero : tensor<?x3xf64>
  %made = tensor.generate %rows {
  ^bb0(%i: index, %j: index):
    tensor.yield %i : index
  } : tensor<?x3xindex>
  %size = tensor.dim %x, %axis : tensor<?x3xf64>
  return %rank, %made, %size : index, tensor<?x3xindex>, index
}
